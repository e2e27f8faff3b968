namespace UnityEngine;

public enum CameraClearFlags
{
    Skybox = 1,
    Color = 2,
    SolidColor = 2,
    Depth = 3,
    Nothing = 4,
}

/// <summary>What is seen; the screen is as large as the player says.</summary>
public sealed class Camera : Behaviour
{
    private float? _aspect;
    private Matrix4x4? _view, _projection;

    /// <summary>The first enabled one tagged MainCamera.</summary>
    public static Camera main
    {
        get
        {
            MainThread.Require("get_main");
            foreach (Camera camera in World.Current.Cameras)
            {
                if (camera.isActiveAndEnabled && camera.CompareTag("MainCamera")) return camera;
            }

            return null!;
        }
    }

    public bool orthographic { get; set; }

    public float orthographicSize { get; set; } = 5F;

    public float fieldOfView { get; set; } = 60F;

    public float nearClipPlane { get; set; } = 0.3F;

    public float farClipPlane { get; set; } = 1000F;

    public float depth { get; set; }

    public int cullingMask { get; set; } = -1;

    public Color backgroundColor { get; set; } = new Color(0.19215687F, 0.3019608F, 0.4745098F, 0F);

    public CameraClearFlags clearFlags { get; set; } = CameraClearFlags.Skybox;

    public Rect rect { get; set; } = new Rect(0F, 0F, 1F, 1F);

    public float aspect
    {
        get => _aspect ?? (float)pixelWidth / pixelHeight;
        set => _aspect = value;
    }

    public int pixelWidth => Screen.width;

    public int pixelHeight => Screen.height;

    public Matrix4x4 worldToCameraMatrix
    {
        get => _view ?? Matrix4x4.Scale(new Vector3(1F, 1F, -1F)) * Matrix4x4.TRS(transform.position, transform.rotation, Vector3.one).inverse;
        set => _view = value;
    }

    public Matrix4x4 projectionMatrix
    {
        get => _projection ?? (orthographic ? Matrix4x4.Ortho(-orthographicSize * aspect, orthographicSize * aspect, -orthographicSize, orthographicSize, nearClipPlane, farClipPlane)
            : Matrix4x4.Perspective(fieldOfView, aspect, nearClipPlane, farClipPlane));
        set => _projection = value;
    }

    public void ResetWorldToCameraMatrix() => _view = null;

    public void ResetProjectionMatrix() => _projection = null;

    public void ResetAspect() => _aspect = null;

    internal override void Activated() => World.Current.Cameras.Add(this);

    internal override void Deactivated() => World.Current.Cameras.Remove(this);

    /// <summary>0 … 1 from the left and from below, and the distance from the camera.</summary>
    public Vector3 WorldToViewportPoint(Vector3 position)
    {
        Vector3 seen = worldToCameraMatrix.MultiplyPoint3x4(position), clip = projectionMatrix.MultiplyPoint(seen);
        return new Vector3(clip.x * 0.5F + 0.5F, clip.y * 0.5F + 0.5F, -seen.z);
    }

    public Vector3 WorldToScreenPoint(Vector3 position) => Vector3.Scale(WorldToViewportPoint(position), new Vector3(pixelWidth, pixelHeight, 1F));

    public Vector3 ViewportToWorldPoint(Vector3 position)
    {
        float height = orthographic ? orthographicSize : position.z * Mathf.Tan(fieldOfView * 0.5F * Mathf.Deg2Rad);
        return transform.position + transform.rotation * new Vector3((position.x * 2F - 1F) * height * aspect, (position.y * 2F - 1F) * height, position.z);
    }

    public Vector3 ScreenToWorldPoint(Vector3 position) => ViewportToWorldPoint(new Vector3(position.x / pixelWidth, position.y / pixelHeight, position.z));
}
