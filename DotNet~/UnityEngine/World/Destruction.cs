using System.Collections.Generic;
using System.Reflection;

namespace UnityEngine;

/// <summary>
/// The end of objects. Destroy tells OnDisable at once, and the rest after this frame's LateUpdate and before it is drawn:
/// the token of the script is cancelled, OnDestroy is called where Awake was, and then references equal null.
/// </summary>
internal sealed class Destruction
{
    private readonly World _world;
    private readonly List<(Object Target, double Due)> _later = new();

    public Destruction(World world) => _world = world;

    public void Later(Object target, float delay)
    {
        if (!_world.IsPlaying)
        {
            Debug.LogError("Destroy may not be called from edit mode! Use DestroyImmediate instead.\nDestroying an object in edit mode destroys it permanently.");
            return;
        }

        if (target.IsDoomed || !MayGo(target)) return;
        if (delay <= 0F) Doom(target);
        _later.Add((target, delay <= 0F ? double.NegativeInfinity : _world.Clock.Time + delay));
    }

    public void Now(Object target)
    {
        if (!MayGo(target)) return;
        Doom(target);
        Finish(target);
    }

    public void Flush()
    {
        for (int i = 0; i < _later.Count; i++)
        {
            (Object target, double due) = _later[i];
            if (due > _world.Clock.Time) continue;
            _later.RemoveAt(i--);
            if (!target.IsAlive) continue;
            Doom(target);
            Finish(target);
        }
    }

    private static bool MayGo(Object target)
    {
        if (target is Transform transform)
        {
            Debug.LogError($"Can't destroy Transform component of '{transform.name}'. If you want to destroy the game object, please call 'Destroy' on the game object instead. "
                + "Destroying the transform component is not allowed.");
            return false;
        }

        if (target is not Component component) return true;
        foreach (Component other in component.Owner.Components)
        {
            if (ReferenceEquals(other, component) || other.IsDoomed) continue;
            foreach (RequireComponent need in other.GetType().GetCustomAttributes<RequireComponent>(true))
            {
                if (!Needs(need.m_Type0) && !Needs(need.m_Type1) && !Needs(need.m_Type2)) continue;
                Debug.LogError($"Can't remove {component.GetType().Name} because {other.GetType().Name} (Script) depends on it");
                return false;
            }
        }

        return true;

        bool Needs(System.Type? type) =>
            type != null && type.IsInstanceOfType(component) && component.Owner.Components.FindAll(present => type.IsInstanceOfType(present)).Count == 1;
    }

    private static void Doom(Object target)
    {
        if (target.IsDoomed) return;
        target.IsDoomed = true;
        if (target is GameObject gameObject)
        {
            gameObject.Deactivate();
            MarkDoomed(gameObject);
        }
        else if (target is Component component && component.Owner.activeInHierarchy) component.Deactivated();
        else if (target is ScriptableObject asset) asset.Call("OnDisable");
    }

    private static void MarkDoomed(GameObject gameObject)
    {
        gameObject.IsDoomed = true;
        foreach (Component component in gameObject.Components) component.IsDoomed = true;
        foreach (Transform child in gameObject.transform.Children) MarkDoomed(child.Owner);
    }

    private void Finish(Object target)
    {
        switch (target)
        {
            case GameObject gameObject:
                Tell(gameObject);
                gameObject.transform.Attach(null);
                gameObject.SceneState?.Roots.Remove(gameObject);
                Kill(gameObject);
                break;
            case Component component:
                component.Destroyed();
                component.Owner.Remove(component);
                component.Kill();
                break;
            case ScriptableObject asset:
                asset.Call("OnDestroy");
                _world.Assets.Remove(asset);
                asset.Kill();
                break;
            default:
                target.Kill();
                break;
        }
    }

    private static void Tell(GameObject gameObject)
    {
        foreach (Component component in gameObject.Components.ToArray()) if (component.IsAlive) component.Destroyed();
        foreach (Transform child in gameObject.transform.Children.ToArray()) Tell(child.Owner);
    }

    private static void Kill(GameObject gameObject)
    {
        foreach (Transform child in gameObject.transform.Children) Kill(child.Owner);
        foreach (Component component in gameObject.Components) component.Kill();
        gameObject.Kill();
    }
}
