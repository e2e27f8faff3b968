using System;
using Recurrent.Onnx;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>
    /// A model as an asset: the bytes of a safetensors or .onnx file, and what shall run it. Components that share the asset share one model in managed layers, so
    /// that what one of them trains all of them play.
    /// </summary>
    [CreateAssetMenu(fileName = "Sequence Model", menuName = "Recurrent/Sequence Model", order = 220)]
    [HelpURL(DocumentationPage.Components + "the-model-as-an-asset")]
    public sealed class SequenceModelAsset : ScriptableObject
    {
        [SerializeField, HideInInspector]
        private byte[] _bytes = Array.Empty<byte>();

        [SerializeField, Tooltip("What the bytes are.")]
        private ModelFormat _format;

        [SerializeField, Tooltip("What runs the model. Auto: a .safetensors model in managed layers, an .onnx model in ONNX Runtime where that is installed.")]
        private SequenceBackend _backend = SequenceBackend.Auto;

        [NonSerialized]
        private SequenceModel? _model;

        [NonSerialized]
        private ModelCard? _card;

        /// <summary>Raised when the asset was given other bytes; whoever streams the old model opens a new stream.</summary>
        public event Action? Changed;

        /// <summary>What the bytes are.</summary>
        public ModelFormat Format => _format;

        /// <summary>What shall run the model; for streams opened from now on.</summary>
        public SequenceBackend Backend
        {
            get => _backend;
            set => _backend = value;
        }

        /// <summary>Whether there are no bytes yet.</summary>
        public bool IsEmpty => _bytes.Length == 0;

        /// <summary>
        /// The model in managed layers, shared by all who ask: loaded at the first call, and again after <see cref="SetBytes"/>.
        /// </summary>
        /// <exception cref="ModelFileException">The bytes are no such model, or it does not fit into layers; the message says why.</exception>
        public SequenceModel Model => _model ??= Load();

        /// <summary>What the bytes say about themselves: layers, sizes, inputs and outputs, who made them. Made at the first call, and again after the bytes changed.</summary>
        /// <exception cref="ModelFileException">The bytes are no such file, or there are none; the message says why.</exception>
        public ModelCard Card => _card ??= ReadCard();

        /// <summary>Makes an asset at run time.</summary>
        /// <param name="bytes">The content of a file; kept, not copied.</param>
        /// <param name="format">What it is.</param>
        /// <param name="backend">What shall run it.</param>
        public static SequenceModelAsset Create(byte[] bytes, ModelFormat format = ModelFormat.Safetensors, SequenceBackend backend = SequenceBackend.Auto)
        {
            var asset = CreateInstance<SequenceModelAsset>();
            asset._backend = backend;
            asset.SetBytes(bytes, format);
            return asset;
        }

        /// <summary>Makes an asset of a model that is there already, and shares it.</summary>
        public static SequenceModelAsset Create(SequenceModel model)
        {
            SequenceModelAsset asset = Create(model.ToBytes());
            asset._model = model;
            return asset;
        }

        /// <summary>Gives the asset another model. Streams that were opened before go on with the old one.</summary>
        /// <param name="bytes">The content of a file; kept, not copied.</param>
        /// <param name="format">What it is.</param>
        public void SetBytes(byte[] bytes, ModelFormat format)
        {
            _bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));
            _format = format;
            _model = null;
            _card = null;
            Changed?.Invoke();
        }

        /// <summary>
        /// Gives the asset a model that is there already, and shares it. Where it is the one that is shared, what plays it goes on, and only the bytes are brought up to date.
        /// </summary>
        public void SetModel(SequenceModel model)
        {
            byte[] bytes = (model ?? throw new ArgumentNullException(nameof(model))).ToBytes();
            _card = null;
            if (model == _model && _format == ModelFormat.Safetensors && _backend != SequenceBackend.OnnxRuntime)
            {
                _bytes = bytes;
                return;
            }
            _bytes = bytes;
            _format = ModelFormat.Safetensors;
            _model = model;
            Changed?.Invoke();
        }

        /// <summary>The content of the file. Not a copy.</summary>
        public byte[] GetBytes() => _bytes;

        /// <summary>Opens the model to be fed step by step, in the backend that was chosen. Where that cannot run it, the other is taken, and one warning says why.</summary>
        /// <param name="batch">How many rows are stepped together.</param>
        /// <exception cref="ModelFileException">No backend can run the model; the message says why.</exception>
        /// <exception cref="ArgumentException">The model needs whole sequences.</exception>
        public ISequenceStream OpenStream(int batch = 1)
        {
            if (_backend == SequenceBackend.Managed || (_backend == SequenceBackend.Auto && _format == ModelFormat.Safetensors)) return Model.OpenStream(batch);
            try
            {
                return OnnxStream.Open(ToOnnx(), SequenceBackend.OnnxRuntime, batch);
            }
            catch (Exception e) when (e is NotSupportedException || e is ModelFileException)
            {
                if (_backend == SequenceBackend.OnnxRuntime || OnnxStream.IsAvailable(SequenceBackend.OnnxRuntime))
                    Debug.LogWarning($"SequenceModelAsset '{name}': runs in managed layers instead of ONNX Runtime. {e.Message}", this);
                return Model.OpenStream(batch);
            }
        }

        /// <summary>The model as the content of an .onnx file: the bytes themselves, or the model's layers as a graph of one step.</summary>
        /// <exception cref="ModelFileException">The bytes are no model; the message says why.</exception>
        /// <exception cref="NotSupportedException">A layer has no form in ONNX.</exception>
        public byte[] ToOnnx()
        {
            if (IsEmpty) throw Empty();
            return _format == ModelFormat.Onnx ? _bytes : OnnxExporter.Export(Model, new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes();
        }

        private ModelFileException Empty() => new ModelFileException(name, "the asset is empty: it was given no model.");

        private SequenceModel Load()
        {
            if (IsEmpty) throw Empty();
            return _format == ModelFormat.Onnx ? OnnxImport.From(OnnxModel.Read(_bytes, name)).Model : ModelFile.Load(_bytes, name);
        }

        private ModelCard ReadCard()
        {
            if (IsEmpty) throw Empty();
            return _format == ModelFormat.Onnx ? ModelCard.Of(OnnxModel.Read(_bytes, name)) : ModelCard.Of(SafeTensorsFile.Load(_bytes, name));
        }
    }
}
