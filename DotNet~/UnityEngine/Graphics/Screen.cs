namespace UnityEngine;

public sealed class Screen
{
    public static int width => World.Current.ScreenWidth;

    public static int height => World.Current.ScreenHeight;

    public static float dpi => 96F;
}
