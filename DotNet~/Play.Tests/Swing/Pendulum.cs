using System;
using UnityEngine;
using UnityEngine.Events;

namespace Play.Tests;

/// <summary>The script of the test's scene: a ball on a string, its trail as a line, its angle as text.</summary>
public sealed class Pendulum : MonoBehaviour
{
    [SerializeField]
    private float _degrees = 5f;

    [SerializeField]
    private PendulumForm _form = new();

    [SerializeField]
    private Transform _ball = null!;

    [SerializeField]
    private LineRenderer _trail = null!;

    [SerializeField]
    private TextMesh _label = null!;

    [SerializeField]
    private TextAsset _title = null!;

    [SerializeField]
    private GameObject _prefab = null!;

    [SerializeField]
    private PendulumTint _tint = null!;

    public int[] Marks = Array.Empty<int>();

    public string[] Words = Array.Empty<string>();

    public UnityEvent Turned = new();

    private float _last;

    public float Degrees => _degrees;

    public PendulumForm Form => _form;

    public PendulumTint Tint => _tint;

    public GameObject Prefab => _prefab;

    private void Start()
    {
        _trail.positionCount = 0;
        for (int i = 0; i < 3; i++) Instantiate(_prefab, new Vector3(-4f + 4f * i, -2.6f, 1f), Quaternion.Euler(20f, 30f * i, 0f));
    }

    private void Update()
    {
        float angle = _degrees * Mathf.Sin(2f * Mathf.PI * Time.time / _form.Period);
        if (angle < 0f != _last < 0f) Turned.Invoke();
        _last = angle;
        transform.rotation = Quaternion.Euler(0f, 0f, angle);
        _trail.positionCount++;
        _trail.SetPosition(_trail.positionCount - 1, _ball.position);
        _label.text = $"{_title.text.Trim()}\n{angle:0}°";
    }
}

[Serializable]
public sealed class PendulumForm
{
    public float Period = 1f;
    public Vector2 Size;
    public Color Color;
}
