using System;
using System.Collections.Generic;
using System.IO;

namespace Recurrent.Onnx
{
    /// <summary>
    /// An ONNX file (ModelProto) as objects: read without any library, changed, written back. Parts of the format that have no property here
    /// (functions, sparse initializers, quantization annotations) are carried along unchanged.
    /// </summary>
    public sealed class OnnxModel : OnnxMessage
    {
        private const string InMemory = "model in memory";

        /// <summary>The version of the file format: 8 goes with operator sets 16 to 18.</summary>
        public long IrVersion { get; set; } = 8;

        /// <summary>The program that made the model, for example <c>pytorch</c>.</summary>
        public string ProducerName { get; set; } = string.Empty;

        /// <summary>That program's version.</summary>
        public string ProducerVersion { get; set; } = string.Empty;

        /// <summary>The model's own namespace.</summary>
        public string Domain { get; set; } = string.Empty;

        /// <summary>The model's own version.</summary>
        public long ModelVersion { get; set; }

        /// <summary>A human's remark.</summary>
        public string Documentation { get; set; } = string.Empty;

        /// <summary>The computation.</summary>
        public OnnxGraph Graph { get; set; } = new OnnxGraph();

        /// <summary>The version of each operator set that the nodes come from; ONNX's own domain is the empty name.</summary>
        public SortedDictionary<string, long> OpsetImports { get; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

        /// <summary>Named texts that the producer left.</summary>
        public SortedDictionary<string, string> Metadata { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

        /// <summary>The file the model was read from, or what errors call it where it came from memory.</summary>
        public string Path { get; private set; } = InMemory;

        /// <summary>The version of ONNX's own operators, 0 where the model names none.</summary>
        public long OpsetVersion => OpsetImports.TryGetValue(string.Empty, out long version) ? version : 0;

        /// <summary>Reads a model and the external data that lies beside it, in its folder or below.</summary>
        /// <exception cref="ModelFileException">The file is missing, malformed, inconsistent, too large, or points outside its folder.</exception>
        public static OnnxModel Read(string path)
        {
            byte[] bytes = OnnxReader.ReadFile(path);
            return Read(bytes, path, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)));
        }

        /// <summary>
        /// Reads a model from memory, which it keeps and must not be changed afterwards. Such a model can have no external data.
        /// </summary>
        /// <param name="bytes">The content of an .onnx file.</param>
        /// <param name="name">What errors call the model.</param>
        /// <exception cref="ModelFileException">The bytes are malformed or inconsistent, or point to other files.</exception>
        public static OnnxModel Read(byte[] bytes, string name = InMemory) => Read(bytes, name, null);

        /// <summary>The model in the ONNX format, all data inside.</summary>
        /// <exception cref="ArgumentException">The graph is not one: a name used but never made, made twice, or a cycle; or the file would pass 2 GB.</exception>
        public byte[] ToBytes()
        {
            string? reason = GraphCheck.Run(Graph);
            if (reason != null)
                throw new ArgumentException("OnnxModel: " + reason);
            var writer = new WireWriter();
            OnnxWriter.Write(writer, this);
            return writer.ToArray();
        }

        /// <summary>Writes <see cref="ToBytes"/> so that the path holds the old file or the whole new one at any moment.</summary>
        /// <exception cref="ArgumentException">The graph is not one, or the file would pass 2 GB.</exception>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Save(string path)
        {
            byte[] bytes = ToBytes();
            AtomicFile.Write(path, stream => stream.Write(bytes, 0, bytes.Length));
        }

        /// <summary>
        /// Sets linear_before_reset = 1 on the GRUs of a model that PyTorch made and that say 0, in every subgraph (<see cref="RecurrentNode.HasSuspectReset"/>).
        /// </summary>
        /// <returns>How many were changed.</returns>
        public int RepairGruReset() => RepairGruReset(Graph, 1);

        private int RepairGruReset(OnnxGraph graph, int depth)
        {
            int repaired = 0;
            if (depth > OnnxGraph.MaxDepth)
                return repaired;
            foreach (OnnxNode node in graph.Nodes)
            {
                foreach (OnnxGraph subgraph in node.Subgraphs())
                    repaired += RepairGruReset(subgraph, depth + 1);
                if (!RecurrentNode.IsSuspectReset(this, node))
                    continue;
                node.Attributes.RemoveAll(attribute => attribute.Name == "linear_before_reset");
                node.Attributes.Add(new OnnxAttribute("linear_before_reset", 1L));
                repaired++;
            }
            return repaired;
        }

        private static OnnxModel Read(byte[] bytes, string path, string? folder)
        {
            OnnxModel model = new OnnxReader(path, folder).ReadModel(bytes);
            model.Path = path;
            string? reason = GraphCheck.Run(model.Graph);
            return reason == null ? model : throw new ModelFileException(path, reason);
        }
    }
}
