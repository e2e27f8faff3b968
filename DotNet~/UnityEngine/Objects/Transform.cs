using System.Collections;
using System.Collections.Generic;

namespace UnityEngine;

public enum Space
{
    World = 0,
    Self = 1,
}

public class Transform : Component, IEnumerable
{
    private readonly List<Transform> _children = new();
    private Transform? _parent;
    private Vector3 _position;
    private Quaternion _rotation = Quaternion.identity;
    private Vector3 _scale = Vector3.one;

    protected Transform()
    {
    }

    public Vector3 localPosition
    {
        get => Alive("get_localPosition")._position;
        set
        {
            if (Alive("set_localPosition").IsFinite(value, "localPosition")) _position = value;
        }
    }

    public Quaternion localRotation
    {
        get => Alive("get_localRotation")._rotation;
        set => Alive("set_localRotation")._rotation = Quaternion.Normalize(value);
    }

    public Vector3 localScale
    {
        get => Alive("get_localScale")._scale;
        set => Alive("set_localScale")._scale = value;
    }

    public Vector3 localEulerAngles
    {
        get => localRotation.eulerAngles;
        set => localRotation = Quaternion.Euler(value);
    }

    public Vector3 position
    {
        get => Alive("get_position").WorldPosition();
        set
        {
            if (Alive("set_position").IsFinite(value, "position")) _position = _parent is null ? value : _parent.InverseTransformPoint(value);
        }
    }

    public Quaternion rotation
    {
        get => Alive("get_rotation").WorldRotation();
        set => localRotation = _parent is null ? value : Quaternion.Inverse(_parent.WorldRotation()) * value;
    }

    public Vector3 eulerAngles
    {
        get => rotation.eulerAngles;
        set => rotation = Quaternion.Euler(value);
    }

    public Vector3 lossyScale => _parent is null ? localScale : Vector3.Scale(localScale, _parent.lossyScale);

    public Vector3 right
    {
        get => rotation * Vector3.right;
        set => rotation = Quaternion.FromToRotation(Vector3.right, value);
    }

    public Vector3 up
    {
        get => rotation * Vector3.up;
        set => rotation = Quaternion.FromToRotation(Vector3.up, value);
    }

    public Vector3 forward
    {
        get => rotation * Vector3.forward;
        set => rotation = Quaternion.LookRotation(value);
    }

    public Transform parent
    {
        get => Alive("get_parent")._parent!;
        set => SetParent(value, true);
    }

    public Transform root => _parent is null ? this : _parent.root;

    public int childCount => Alive("get_childCount")._children.Count;

    public Matrix4x4 localToWorldMatrix
    {
        get
        {
            Alive("get_localToWorldMatrix");
            Matrix4x4 own = Matrix4x4.TRS(_position, _rotation, _scale);
            return _parent is null ? own : _parent.localToWorldMatrix * own;
        }
    }

    public Matrix4x4 worldToLocalMatrix => localToWorldMatrix.inverse;

    public bool hasChanged { get; set; } = true;

    internal List<Transform> Children => _children;

    internal Transform? Parent => _parent;

    public void SetParent(Transform? p) => SetParent(p, true);

    public void SetParent(Transform? parent, bool worldPositionStays)
    {
        RequireAlive("SetParent");
        if (parent == null) parent = null;
        if (ReferenceEquals(parent, _parent)) return;
        for (Transform? above = parent; above is not null; above = above._parent) if (ReferenceEquals(above, this)) return;
        Vector3 place = position;
        Quaternion direction = rotation;
        Vector3 size = lossyScale;
        Attach(parent);
        if (worldPositionStays)
        {
            rotation = direction;
            Vector3 outer = parent is null ? Vector3.one : parent.lossyScale;
            _scale = new Vector3(Divided(size.x, outer.x), Divided(size.y, outer.y), Divided(size.z, outer.z));
            position = place;
        }

        Owner.RefreshActivity();
    }

    public void SetPositionAndRotation(Vector3 position, Quaternion rotation)
    {
        this.position = position;
        this.rotation = rotation;
    }

    public void SetLocalPositionAndRotation(Vector3 localPosition, Quaternion localRotation)
    {
        this.localPosition = localPosition;
        this.localRotation = localRotation;
    }

    public void GetPositionAndRotation(out Vector3 position, out Quaternion rotation)
    {
        position = this.position;
        rotation = this.rotation;
    }

    public void Translate(Vector3 translation, Space relativeTo) =>
        position += relativeTo == Space.World ? translation : TransformDirection(translation);

    public void Translate(Vector3 translation) => Translate(translation, Space.Self);

    public void Translate(float x, float y, float z) => Translate(new Vector3(x, y, z), Space.Self);

    public void Rotate(Vector3 eulers, Space relativeTo)
    {
        Quaternion turn = Quaternion.Euler(eulers);
        if (relativeTo == Space.Self) localRotation *= turn;
        else rotation = turn * rotation;
    }

    public void Rotate(Vector3 eulers) => Rotate(eulers, Space.Self);

    public void Rotate(float xAngle, float yAngle, float zAngle) => Rotate(new Vector3(xAngle, yAngle, zAngle), Space.Self);

    public void LookAt(Transform target) => LookAt(target.position, Vector3.up);

    public void LookAt(Vector3 worldPosition) => LookAt(worldPosition, Vector3.up);

    public void LookAt(Vector3 worldPosition, Vector3 worldUp) => rotation = Quaternion.LookRotation(worldPosition - position, worldUp);

    public Vector3 TransformDirection(Vector3 direction) => rotation * direction;

    public Vector3 InverseTransformDirection(Vector3 direction) => Quaternion.Inverse(rotation) * direction;

    public Vector3 TransformVector(Vector3 vector) => localToWorldMatrix.MultiplyVector(vector);

    public Vector3 InverseTransformVector(Vector3 vector) => worldToLocalMatrix.MultiplyVector(vector);

    public Vector3 TransformPoint(Vector3 position)
    {
        Vector3 point = _position + _rotation * Vector3.Scale(_scale, position);
        return _parent is null ? point : _parent.TransformPoint(point);
    }

    public Vector3 InverseTransformPoint(Vector3 position)
    {
        Vector3 point = Quaternion.Inverse(_rotation) * ((_parent is null ? position : _parent.InverseTransformPoint(position)) - _position);
        return new Vector3(Divided(point.x, _scale.x), Divided(point.y, _scale.y), Divided(point.z, _scale.z));
    }

    public void DetachChildren()
    {
        foreach (Transform child in _children.ToArray()) child.SetParent(null);
    }

    public void SetAsFirstSibling() => SetSiblingIndex(0);

    public void SetAsLastSibling()
    {
        if (_parent is not null) SetSiblingIndex(_parent._children.Count - 1);
    }

    public void SetSiblingIndex(int index)
    {
        if (_parent is null) return;
        _parent._children.Remove(this);
        _parent._children.Insert(Mathf.Clamp(index, 0, _parent._children.Count), this);
    }

    public int GetSiblingIndex() => _parent is null ? Owner.SceneState!.Roots.IndexOf(Owner) : _parent._children.IndexOf(this);

    public Transform GetChild(int index)
    {
        RequireAlive("GetChild");
        if (index < 0 || index >= _children.Count) throw new UnityException("Transform child out of bounds");
        return _children[index];
    }

    /// <summary>A path of names with slashes.</summary>
    public Transform Find(string n)
    {
        RequireAlive("Find");
        int slash = n.IndexOf('/');
        string head = slash < 0 ? n : n[..slash];
        foreach (Transform child in _children) if (child.name == head) return slash < 0 ? child : child.Find(n[(slash + 1)..]);
        return null!;
    }

    public bool IsChildOf(Transform parent)
    {
        for (Transform? place = this; place is not null; place = place._parent) if (ReferenceEquals(place, parent)) return true;
        return false;
    }

    public IEnumerator GetEnumerator() => _children.ToArray().GetEnumerator();

    /// <summary>Changes parents, and with them the scene, and leaves the local values.</summary>
    internal void Attach(Transform? parent)
    {
        if (_parent is null) Owner.SceneState?.Roots.Remove(Owner);
        else _parent._children.Remove(this);
        _parent = parent;
        if (parent is null)
        {
            Owner.SceneState?.Roots.Add(Owner);
            return;
        }

        parent._children.Add(this);
        SceneManagement.Scenes.Tell(Owner, parent.Owner.SceneState);
    }

    internal void CopyLocal(Transform source) => (_position, _rotation, _scale) = (source._position, source._rotation, source._scale);

    private Vector3 WorldPosition() => _parent is null ? _position : _parent.TransformPoint(_position);

    private Quaternion WorldRotation() => _parent is null ? _rotation : _parent.WorldRotation() * _rotation;

    private Transform Alive(string member)
    {
        RequireAlive(member);
        return this;
    }

    // The engine says so in the log, and keeps what it had.
    private bool IsFinite(Vector3 value, string property)
    {
        float sum = value.x + value.y + value.z;
        if (!float.IsNaN(sum) && !float.IsInfinity(sum)) return true;
        Debug.LogError($"transform.{property} assign attempt for '{NameOf()}' is not valid. Input {property} is {{ {value.x}, {value.y}, {value.z} }}.");
        return false;
    }

    private static float Divided(float a, float b) => b == 0F ? 0F : a / b;
}
