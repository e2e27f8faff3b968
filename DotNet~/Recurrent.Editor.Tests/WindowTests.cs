using NUnit.Framework;
using UnityEditor;
using UnityEditor.Double;
using UnityEngine;
using UnityEngine.UIElements;

namespace RecurrentEditor.Tests
{
    /// <summary>What the double of the editor does with a window: the rules that the tests of the package's own windows stand on.</summary>
    public sealed class WindowTests
    {
        [TearDown]
        public void TearDown() => Session.End();

        [Test]
        public void AWindowIsBuiltShownOnceAndClosed()
        {
            Sample window = EditorWindow.GetWindow<Sample>("Sample");
            Assert.That(window.Said, Is.EqualTo("Awake OnEnable CreateGUI OnFocus "));
            Assert.That(EditorWindow.GetWindow<Sample>(), Is.SameAs(window));
            Assert.That(EditorWindow.HasOpenInstances<Sample>());
            Assert.That(window.titleContent.text, Is.EqualTo("Sample"));
            window.Close();
            Assert.That(window == null);
            Assert.That(window!.Said, Does.EndWith("OnDisable OnDestroy "));
            Assert.That(EditorWindow.HasOpenInstances<Sample>(), Is.False);
        }

        [Test]
        public void ItsFieldsSurviveAReloadAndItsElementsDoNot()
        {
            Sample before = EditorWindow.GetWindow<Sample>();
            before.Kept = 3;
            before.Lost = 4;
            Hand.Click(before.rootVisualElement.Q<Button>());
            Session.ReloadDomain();
            Sample after = EditorWindow.GetWindow<Sample>();
            Assert.That(after, Is.Not.SameAs(before));
            Assert.That((after.Kept, after.Lost, after.Clicks), Is.EqualTo((3, 0, 1)));
            Assert.That(after.Said, Is.EqualTo("OnEnable CreateGUI "));
            Assert.That(before == null);
            Assert.That(after.rootVisualElement.Q<Label>().text, Is.EqualTo("0"));
        }

        [Test]
        public void TimeRunsWhatIsScheduled()
        {
            Sample window = EditorWindow.GetWindow<Sample>();
            var label = window.rootVisualElement.Q<Label>();
            Session.Advance(95);
            Assert.That(label.text, Is.EqualTo("2"), "at once and after 50 ms");
            window.Ticking!.Pause();
            Session.Advance(500);
            Assert.That(label.text, Is.EqualTo("2"));
            window.Ticking.Resume();
            Session.Advance(60);
            Assert.That(label.text, Is.EqualTo("4"));
        }

        [Test]
        public void ElementsHaveThePlacesThatTheirStyleSays()
        {
            Sample window = EditorWindow.GetWindow<Sample>();
            window.position = new Rect(0F, 0F, 300F, 200F);
            VisualElement area = window.rootVisualElement.Q("area");
            Assert.That(area.worldBound, Is.EqualTo(new Rect(0F, 38F, 300F, 162F)), "below the button's 20 and the label's 18 pixels");
            Hand.Drag(area, new Vector2(10F, 20F), new Vector2(50F, 20F));
            Assert.That(window.Dragged, Is.EqualTo(40F));
            Assert.That(window.Resized, Is.EqualTo(new Rect(0F, 38F, 300F, 162F)));
        }

        [Test]
        public void KeysGoToTheFocusedElementAndUp()
        {
            Sample window = EditorWindow.GetWindow<Sample>();
            Hand.Press(window, KeyCode.Space);
            Assert.That(window.Keys, Is.EqualTo(""), "nothing below the root has the focus");
            window.rootVisualElement.Q<Button>().Focus();
            Hand.Press(window, KeyCode.Space);
            Assert.That(window.Keys, Is.EqualTo("Space "));
        }

        private sealed class Sample : EditorWindow
        {
            public int Kept;
            [SerializeField]
            private int _clicks;
            [System.NonSerialized]
            public int Lost;
            [System.NonSerialized]
            public string Said = "";

            public int Clicks => _clicks;

            public string Keys { get; private set; } = "";

            public float Dragged { get; private set; }

            public Rect Resized { get; private set; }

            public IVisualElementScheduledItem? Ticking { get; private set; }

            private void Awake() => Said += "Awake ";

            private void OnEnable() => Said += "OnEnable ";

            private void OnDisable() => Said += "OnDisable ";

            private void OnDestroy() => Said += "OnDestroy ";

            private void OnFocus() => Said += "OnFocus ";

            private void CreateGUI()
            {
                Said += "CreateGUI ";
                int ticks = 0;
                var button = new Button(() => _clicks++);
                button.style.height = 20F;
                var label = new Label("0");
                Ticking = label.schedule.Execute(() => label.text = $"{++ticks}").Every(50);
                var area = new VisualElement { name = "area" };
                area.style.flexGrow = 1F;
                area.RegisterCallback<PointerMoveEvent>(e => Dragged += e.deltaPosition.x);
                area.RegisterCallback<GeometryChangedEvent>(e => Resized = e.newRect);
                rootVisualElement.Add(button);
                rootVisualElement.Add(label);
                rootVisualElement.Add(area);
                rootVisualElement.RegisterCallback<KeyDownEvent>(e => Keys += e.keyCode + " ");
            }
        }
    }
}
