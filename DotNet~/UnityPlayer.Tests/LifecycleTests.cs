using System;
using System.Threading;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.SceneManagement;
using Object = UnityEngine.Object;

namespace UnityPlayer.Tests;

/// <summary>
/// Orders as Unity's manual gives them («Order of execution for event functions», and the pages of MonoBehaviour's messages). Where the manual is silent
/// and Unity is known to behave in one way, the test says so. FixedUpdate comes in the first frame, and then every 20 ms: frames here are of 20 ms.
/// </summary>
public sealed class LifecycleTests
{
    private Player _player = null!;

    [SetUp]
    public void Begin()
    {
        Journal.Take();
        _player = new Player(new PlayerSettings { FrameTime = 0.02f });
        _player.Begin();
    }

    [TearDown]
    public void End()
    {
        _player.Dispose();
        Journal.Take();
    }

    [Test]
    public void AwakeAndOnEnableComeAtOnce_StartBeforeTheFirstUpdate()
    {
        Make<Writer>("a");
        Assert.That(Journal.Take(), Is.EqualTo("a.Awake a.OnEnable"));
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("a.Start a.FixedUpdate a.Update a.LateUpdate"));
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("a.FixedUpdate a.Update a.LateUpdate"));
    }

    [Test]
    public void AllStartBeforeAnyUpdates_AndAllUpdateBeforeAnyLateUpdate()
    {
        Make<Writer>("a");
        Make<Writer>("b");
        Journal.Take();
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("a.Start b.Start a.FixedUpdate b.FixedUpdate a.Update b.Update a.LateUpdate b.LateUpdate"));
    }

    [Test]
    public void TheExecutionOrderOfAScriptGoesBeforeTheOrderOfMaking()
    {
        Make<LateWriter>("a");
        Make<Writer>("b");
        Make<EarlyWriter>("c");
        Journal.Take();
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo(
            "c-early.Start b.Start a-late.Start c-early.FixedUpdate b.FixedUpdate a-late.FixedUpdate "
            + "c-early.Update b.Update a-late.Update c-early.LateUpdate b.LateUpdate a-late.LateUpdate"));
    }

    [Test]
    public void AnInactiveObjectHearsNothing_AndWakesWhenItIsActive()
    {
        var holder = new GameObject("a");
        holder.SetActive(false);
        holder.AddComponent<Writer>();
        _player.Step();
        Assert.That(Journal.Take(), Is.Empty);
        holder.SetActive(true);
        Assert.That(Journal.Take(), Is.EqualTo("a.Awake a.OnEnable"));
        holder.SetActive(false);
        Assert.That(Journal.Take(), Is.EqualTo("a.OnDisable"));
        holder.SetActive(true);
        Assert.That(Journal.Take(), Is.EqualTo("a.OnEnable"));
    }

    [Test]
    public void AChildIsAsActiveAsItsParent()
    {
        var parent = new GameObject("p");
        Writer child = Make<Writer>("c");
        child.transform.SetParent(parent.transform);
        Journal.Take();
        parent.SetActive(false);
        Assert.That(Journal.Take(), Is.EqualTo("c.OnDisable"));
        Assert.That(child.gameObject.activeSelf);
        Assert.That(child.gameObject.activeInHierarchy, Is.False);
        Assert.That(child.isActiveAndEnabled, Is.False);
        child.transform.SetParent(null);
        Assert.That(Journal.Take(), Is.EqualTo("c.OnEnable"));
    }

    [Test]
    public void ADisabledScriptAwakes_ButDoesNotStart()
    {
        var holder = new GameObject("a");
        holder.SetActive(false);
        holder.AddComponent<Writer>().enabled = false;
        holder.SetActive(true);
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("a.Awake"));
        holder.GetComponent<Writer>().enabled = true;
        Assert.That(Journal.Take(), Is.EqualTo("a.OnEnable"));
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("a.Start a.FixedUpdate a.Update a.LateUpdate"));
    }

    [Test]
    public void DisabledBeforeItsTurn_ItIsNotUpdatedInThisFrame()
    {
        Doer first = Make<Doer>("first");
        Writer second = Make<Writer>("a");
        first.InUpdate = () => second.enabled = false;
        Journal.Take();
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("a.Start a.FixedUpdate a.OnDisable"));
    }

    [Test]
    public void MadeInAnUpdate_ItIsNotUpdatedInThisFrame()
    {
        Doer maker = Make<Doer>("maker");
        _player.Step();
        maker.InUpdate = () =>
        {
            maker.InUpdate = null;
            Make<Writer>("a");
        };
        Journal.Take();
        _player.Step();
        // Unity calls Start before the first of the frame's messages that the script has, which is LateUpdate.
        Assert.That(Journal.Take(), Is.EqualTo("a.Awake a.OnEnable a.Start a.LateUpdate"));
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("a.FixedUpdate a.Update a.LateUpdate"));
    }

    [Test]
    public void MadeInALateUpdate_ItStartsInTheNextFrame()
    {
        Doer maker = Make<Doer>("maker");
        _player.Step();
        maker.InLateUpdate = () =>
        {
            maker.InLateUpdate = null;
            Make<Writer>("a");
        };
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("a.Awake a.OnEnable"));
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("a.Start a.FixedUpdate a.Update a.LateUpdate"));
    }

    [Test]
    public void DestroyDisablesAtOnce_AndEndsAfterLateUpdate()
    {
        Writer a = Make<Writer>("a");
        Writer b = Make<Writer>("b");
        _player.Step();
        Journal.Take();
        Object.Destroy(a.gameObject);
        Assert.That(Journal.Take(), Is.EqualTo("a.OnDisable"));
        Assert.That(a != null, "it is still there");
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("b.FixedUpdate b.Update b.LateUpdate a.OnDestroy"));
        Assert.That(a == null);
        Assert.That(b != null);
        Assert.That(a!.Equals(null));
        Assert.That((bool)a!, Is.False);
        Assert.That(a!.ToString(), Is.EqualTo("null"));
        Assert.That(ReferenceEquals(a, null), Is.False);
        Assert.Throws<MissingReferenceException>(() => _ = a!.transform);
        Assert.Throws<MissingReferenceException>(() => a!.enabled = true);
    }

    [Test]
    public void DestroyWithADelayWaits()
    {
        Writer a = Make<Writer>("a");
        Object.Destroy(a, 0.05f);
        _player.Step(3);
        Assert.That(a != null);
        _player.Step();
        Assert.That(a == null, "at 0.06 s");
        Assert.That(Journal.Take(), Does.EndWith("a.OnDisable a.OnDestroy"));
    }

    [Test]
    public void DestroyImmediateIsImmediate()
    {
        Writer a = Make<Writer>("a");
        Journal.Take();
        Object.DestroyImmediate(a);
        Assert.That(Journal.Take(), Is.EqualTo("a.OnDisable a.OnDestroy"));
        Assert.That(a == null);
    }

    [Test]
    public void NeverActive_ItIsNotToldOfItsEnd()
    {
        var holder = new GameObject("a");
        holder.SetActive(false);
        Writer a = holder.AddComponent<Writer>();
        Object.DestroyImmediate(holder);
        Assert.That(a == null);
        Assert.That(Journal.Take(), Is.Empty);
    }

    [Test]
    public void ChildrenGoWithTheirParent()
    {
        var parent = new GameObject("p");
        Writer child = Make<Writer>("c");
        child.transform.SetParent(parent.transform);
        Journal.Take();
        Object.Destroy(parent);
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("c.OnDisable c.OnDestroy"));
        Assert.That(child == null);
    }

    [Test]
    public void TheTokenIsCancelledAfterOnDisableAndBeforeOnDestroy()
    {
        Doer doer = Make<Doer>("a");
        CancellationToken token = doer.destroyCancellationToken;
        token.Register(() => Journal.Write("cancelled"));
        doer.InOnDisable = () => Journal.Write("OnDisable");
        doer.InOnDestroy = () => Journal.Write("OnDestroy");
        Object.Destroy(doer);
        Assert.That(token.IsCancellationRequested, Is.False);
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("OnDisable cancelled OnDestroy"));
        Assert.Throws<MissingReferenceException>(() => _ = doer.destroyCancellationToken);
    }

    [Test]
    public void AnExceptionIsLogged_AndTheOthersGoOn()
    {
        Doer bad = Make<Doer>("bad");
        bad.InUpdate = () => throw new InvalidOperationException("no");
        Make<Writer>("a");
        Journal.Take();
        _player.Step();
        Assert.That(Journal.Take(), Does.EndWith("a.Update a.LateUpdate"));
        Assert.That(_player.Errors, Has.Count.EqualTo(1));
        Assert.That(_player.Errors[0].Text, Is.EqualTo("InvalidOperationException: no"));
        Assert.That(bad.enabled);
    }

    [Test]
    public void WhoFailsToAwakeIsDisabled()
    {
        Doer.NextAwake = () => throw new InvalidOperationException("no");
        Doer bad = Make<Doer>("bad");
        Assert.That(bad.enabled, Is.False);
        Assert.That(_player.Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public void PauseAndFocusAreTold_AndAPausedGameStands()
    {
        Make<Writer>("a");
        _player.Step();
        Journal.Take();
        _player.Focus(false);
        _player.Pause(true);
        _player.Step(3);
        _player.Pause(false);
        Assert.That(Journal.Take(), Is.EqualTo("a.Focus(False) a.Pause(True) a.Pause(False)"));
    }

    [Test]
    public void AtTheEnd_QuitComesFirst_ThenTheEventAndThenEveryObjectsEnd()
    {
        Make<Writer>("a");
        Make<Writer>("b");
        UnityEngine.Application.quitting += () => Journal.Write("quitting");
        Journal.Take();
        Assert.That(_player.Quit());
        Assert.That(Journal.Take(), Is.EqualTo("a.Quit b.Quit quitting a.OnDisable a.OnDestroy b.OnDisable b.OnDestroy"));
        Assert.That(_player.HasQuit);
        Assert.That(UnityEngine.Application.isPlaying, Is.False);
    }

    [Test]
    public void OneWhoDoesNotWantToQuitIsHeard()
    {
        UnityEngine.Application.wantsToQuit += () => false;
        UnityEngine.Application.Quit();
        _player.Step();
        Assert.That(_player.HasQuit, Is.False);
    }

    [Test]
    public void ApplicationQuitEndsAtTheEndOfTheFrame()
    {
        Doer doer = Make<Doer>("a");
        doer.InUpdate = () =>
        {
            UnityEngine.Application.Quit();
            Journal.Write("Update");
        };
        doer.InLateUpdate = () => Journal.Write("LateUpdate");
        _player.Step(5);
        Assert.That(Journal.Take(), Is.EqualTo("Update LateUpdate"));
        Assert.That(_player.HasQuit);
    }

    [Test]
    public void ACopyHasTheSerializedFieldsAndItsOwnReferences()
    {
        var original = new GameObject("original");
        var child = new GameObject("child");
        child.transform.SetParent(original.transform);
        child.transform.localPosition = new Vector3(1, 2, 3);
        Carrier carrier = original.AddComponent<Carrier>();
        carrier.Set(7, [1f, 2f], child.transform, original);
        Carrier copy = Object.Instantiate(carrier, new Vector3(5, 0, 0), Quaternion.identity);

        Assert.That(copy.name, Is.EqualTo("original(Clone)"));
        Assert.That(copy.Number, Is.EqualTo(7));
        Assert.That(copy.Unkept, Is.EqualTo(0));
        Assert.That(copy.Values, Is.EqualTo(new[] { 1f, 2f }));
        Assert.That(copy.Values, Is.Not.SameAs(carrier.Values));
        Assert.That(copy.Child, Is.SameAs(copy.transform.GetChild(0)));
        Assert.That(copy.Itself, Is.SameAs(copy.gameObject));
        Assert.That(copy.Child.position, Is.EqualTo(new Vector3(6, 2, 3)));
        Assert.That(copy.Settings, Is.Not.SameAs(carrier.Settings));
        Assert.That(copy.Settings.Weight, Is.EqualTo(0.5f));
    }

    [Test]
    public void ACopyAwakesOnlyOnceAndInPlace()
    {
        Writer original = Make<Writer>("a");
        Journal.Take();
        Object.Instantiate(original);
        Assert.That(Journal.Take(), Is.EqualTo("a(Clone).Awake a(Clone).OnEnable"));
    }

    [Test]
    public void AnotherSceneEndsAllButWhatIsNotToBeDestroyed()
    {
        _player.AddScene("next", () => Make<Writer>("new"));
        Make<Writer>("old");
        Writer kept = Make<Writer>("kept");
        Object.DontDestroyOnLoad(kept.gameObject);
        _player.Step();
        SceneManager.sceneLoaded += (scene, mode) => Journal.Write($"loaded({scene.name},{mode})");
        SceneManager.sceneUnloaded += scene => Journal.Write("unloaded");
        SceneManager.LoadScene("next");
        Journal.Take();
        _player.Step();
        Assert.That(Journal.Take(), Is.EqualTo("old.OnDisable old.OnDestroy unloaded new.Awake new.OnEnable loaded(next,Single) new.Start "
            + "kept.FixedUpdate new.FixedUpdate kept.Update new.Update kept.LateUpdate new.LateUpdate"));
        Assert.That(SceneManager.GetActiveScene().name, Is.EqualTo("next"));
        Assert.That(SceneManager.GetActiveScene().GetRootGameObjects(), Has.Length.EqualTo(1));
        Assert.That(kept.gameObject.scene.name, Is.EqualTo("DontDestroyOnLoad"));
    }

    [Test]
    public void ASceneMadeByHandCanBeUnloaded()
    {
        Scene scene = SceneManager.CreateScene("side");
        Writer a = Make<Writer>("a");
        SceneManager.MoveGameObjectToScene(a.gameObject, scene);
        Journal.Take();
        AsyncOperation operation = SceneManager.UnloadSceneAsync(scene);
        Assert.That(operation.isDone, Is.False);
        _player.Step();
        Assert.That(operation.isDone);
        Assert.That(Journal.Take(), Is.EqualTo("a.OnDisable a.OnDestroy"));
        Assert.That(a == null);
    }

    [Test]
    public void AnUnknownSceneIsAnError()
    {
        SceneManager.LoadScene("nowhere");
        Assert.That(_player.Errors, Has.Count.EqualTo(1));
        Assert.That(_player.Errors[0].Text, Does.StartWith("Scene 'nowhere' couldn't be loaded"));
    }

    [Test]
    public void RequiredComponentsComeAlong_AndCannotGo()
    {
        var holder = new GameObject("a");
        holder.AddComponent<NeedsCounter>();
        Assert.That(holder.TryGetComponent(out Carrier carrier));
        Object.DestroyImmediate(carrier);
        Assert.That(carrier != null);
        Assert.That(_player.Errors, Has.Count.EqualTo(1));
        Assert.That(_player.Errors[0].Text, Is.EqualTo("Can't remove Carrier because NeedsCounter (Script) depends on it"));
    }

    [Test]
    public void OnlyOneOfWhatForbidsAnother()
    {
        var holder = new GameObject("a");
        Assert.That(holder.AddComponent<Single>() != null);
        Assert.That(holder.AddComponent<Single>() == null);
    }

    [Test]
    public void ANewScriptIsNone()
    {
        var made = new Writer();
        Assert.That(made == null);
        Assert.That(_player.Log[0].Type, Is.EqualTo(LogType.Warning));
    }

    [Test]
    public void TheEngineAnswersOnItsThreadOnly()
    {
        Writer a = Make<Writer>("a");
        Exception? thrown = null, none = null;
        var thread = new Thread(() =>
        {
            try
            {
                _ = a.transform;
            }
            catch (Exception e)
            {
                thrown = e;
            }

            try
            {
                Debug.Log("from elsewhere");
                _ = a == null;
            }
            catch (Exception e)
            {
                none = e;
            }
        });
        thread.Start();
        thread.Join();
        Assert.That(thrown, Is.InstanceOf<UnityException>());
        Assert.That(thrown!.Message, Does.StartWith("get_transform can only be called from the main thread."));
        Assert.That(none, Is.Null);
        Assert.That(_player.Log, Has.Count.EqualTo(1));
    }

    [Test]
    public void AFieldInitializerMayNotAskTheEngine()
    {
        UnityException thrown = Assert.Throws<UnityException>(() => new GameObject("a").AddComponent<AsksTooEarly>())!;
        Assert.That(thrown.Message, Does.StartWith("get_time is not allowed to be called from a MonoBehaviour constructor"));
    }

    [Test]
    public void AFrameWithoutNewsTakesNoMemory()
    {
        for (int i = 0; i < 50; i++) Make<Silent>("s");
        Make<Camera>("camera").tag = "MainCamera";
        LineRenderer line = Make<LineRenderer>("line");
        line.gameObject.AddComponent<Painter>();
        _player.Step(100);
        long bytes = 0;
        for (int i = 0; i < 100; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _player.Step();
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(bytes, Is.EqualTo(0));
    }

    private static T Make<T>(string name) where T : Component => new GameObject(name).AddComponent<T>();
}

internal sealed class Carrier : MonoBehaviour
{
    [SerializeField]
    private int _number;

    [SerializeField]
    private float[] _values = [];

    [SerializeField]
    private Transform _child = null!;

    public GameObject Itself = null!;

    public CarrierSettings Settings = new();

    public int Number => _number;

    public float[] Values => _values;

    public Transform Child => _child;

    public int Unkept { get; private set; }

    public void Set(int number, float[] values, Transform child, GameObject itself)
    {
        (_number, _values, _child, Itself, Unkept) = (number, values, child, itself, number);
        Settings.Weight = 0.5f;
    }
}

[Serializable]
internal sealed class CarrierSettings
{
    public float Weight;
}

[RequireComponent(typeof(Carrier))]
internal sealed class NeedsCounter : MonoBehaviour
{
}

[DisallowMultipleComponent]
internal sealed class Single : MonoBehaviour
{
}

internal sealed class AsksTooEarly : MonoBehaviour
{
    public float Asked = Time.time;
}

internal sealed class Silent : MonoBehaviour
{
    private float _sum;

    private void FixedUpdate() => _sum += Time.deltaTime;

    private void Update() => transform.position += new Vector3(Time.deltaTime, 0, 0);

    private void LateUpdate()
    {
        _sum += transform.position.x;
        if (Camera.main != null) _sum += Camera.main.orthographicSize;
    }
}

/// <summary>Draws a line and a mesh anew in every frame.</summary>
internal sealed class Painter : MonoBehaviour
{
    private readonly Vector3[] _corners = [Vector3.zero, Vector3.right, Vector3.up];
    private readonly int[] _triangle = [0, 1, 2];
    private readonly Color[] _colors = [Color.red, Color.green, Color.blue];
    private LineRenderer _line = null!;
    private Mesh _mesh = null!;

    private void Start()
    {
        _line = GetComponent<LineRenderer>();
        _mesh = new Mesh();
        StartCoroutine(Ticks());
    }

    private void Update()
    {
        _line.positionCount = 3;
        _line.SetPositions(_corners);
        _line.startColor = Color.Lerp(Color.red, Color.white, Time.time % 1f);
        _line.endWidth = 0.1f + Time.time % 1f;
        _mesh.Clear();
        _mesh.SetVertices(_corners);
        _mesh.SetTriangles(_triangle, 0);
        _mesh.SetColors(_colors);
    }

    private System.Collections.IEnumerator Ticks()
    {
        while (true) yield return null;
    }
}
