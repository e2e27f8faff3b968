using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>The objects of a model in the wire format, fields in the order of their numbers as protobuf writes them.</summary>
    internal static class OnnxWriter
    {
        public static void Write(WireWriter writer, OnnxModel model)
        {
            writer.Int64(1, model.IrVersion);
            writer.OptionalString(2, model.ProducerName);
            writer.OptionalString(3, model.ProducerVersion);
            writer.OptionalString(4, model.Domain);
            if (model.ModelVersion != 0)
                writer.Int64(5, model.ModelVersion);
            writer.OptionalString(6, model.Documentation);
            int graph = writer.Begin(7);
            Write(writer, model.Graph);
            writer.End(graph);
            foreach (KeyValuePair<string, long> opset in model.OpsetImports)
            {
                int entry = writer.Begin(8);
                writer.String(1, opset.Key);
                writer.Int64(2, opset.Value);
                writer.End(entry);
            }
            foreach (KeyValuePair<string, string> pair in model.Metadata)
            {
                int entry = writer.Begin(14);
                writer.String(1, pair.Key);
                writer.String(2, pair.Value);
                writer.End(entry);
            }
            model.WriteUnknown(writer);
        }

        private static void Write(WireWriter writer, OnnxGraph graph)
        {
            foreach (OnnxNode node in graph.Nodes)
            {
                int start = writer.Begin(1);
                Write(writer, node);
                writer.End(start);
            }
            writer.OptionalString(2, graph.Name);
            foreach (OnnxTensor tensor in graph.Initializers)
                Write(writer, 5, tensor);
            writer.OptionalString(10, graph.Documentation);
            foreach (OnnxValueInfo input in graph.Inputs)
                Write(writer, 11, input);
            foreach (OnnxValueInfo output in graph.Outputs)
                Write(writer, 12, output);
            foreach (OnnxValueInfo value in graph.ValueInfos)
                Write(writer, 13, value);
            graph.WriteUnknown(writer);
        }

        private static void Write(WireWriter writer, OnnxNode node)
        {
            foreach (string input in node.Inputs)
                writer.String(1, input);
            foreach (string output in node.Outputs)
                writer.String(2, output);
            writer.OptionalString(3, node.Name);
            writer.String(4, node.OpType);
            foreach (OnnxAttribute attribute in node.Attributes)
            {
                int start = writer.Begin(5);
                Write(writer, attribute);
                writer.End(start);
            }
            writer.OptionalString(6, node.Documentation);
            writer.OptionalString(7, node.Domain);
            node.WriteUnknown(writer);
        }

        private static void Write(WireWriter writer, OnnxAttribute attribute)
        {
            writer.String(1, attribute.Name);
            if (attribute.Reference.Length == 0)
                WriteValue(writer, attribute);
            writer.OptionalString(13, attribute.Documentation);
            writer.Int64(20, (long)attribute.Type);
            writer.OptionalString(21, attribute.Reference);
            attribute.WriteUnknown(writer);
        }

        private static void WriteValue(WireWriter writer, OnnxAttribute attribute)
        {
            switch (attribute.Type)
            {
                case OnnxAttributeType.Float:
                    writer.Single(2, attribute.Float);
                    break;
                case OnnxAttributeType.Int:
                    writer.Int64(3, attribute.Int);
                    break;
                case OnnxAttributeType.String:
                    writer.Bytes(4, attribute.Bytes.Span);
                    break;
                case OnnxAttributeType.Tensor:
                    if (attribute.Tensor != null)
                        Write(writer, 5, attribute.Tensor);
                    break;
                case OnnxAttributeType.Graph:
                    if (attribute.Graph != null)
                        WriteSubgraph(writer, 6, attribute.Graph);
                    break;
                case OnnxAttributeType.Floats:
                    foreach (float value in attribute.Floats)
                        writer.Single(7, value);
                    break;
                case OnnxAttributeType.Ints:
                    foreach (long value in attribute.Ints)
                        writer.Int64(8, value);
                    break;
                case OnnxAttributeType.Strings:
                    foreach (string value in attribute.Strings)
                        writer.String(9, value);
                    break;
                case OnnxAttributeType.Tensors:
                    foreach (OnnxTensor tensor in attribute.Tensors)
                        Write(writer, 10, tensor);
                    break;
                case OnnxAttributeType.Graphs:
                    foreach (OnnxGraph graph in attribute.Graphs)
                        WriteSubgraph(writer, 11, graph);
                    break;
            }
        }

        private static void WriteSubgraph(WireWriter writer, int field, OnnxGraph graph)
        {
            int start = writer.Begin(field);
            Write(writer, graph);
            writer.End(start);
        }

        private static void Write(WireWriter writer, int field, OnnxTensor tensor)
        {
            int start = writer.Begin(field);
            Write(writer, tensor);
            writer.End(start);
        }

        /// <summary>A tensor by itself, as in the files of the conformance tests.</summary>
        public static void Write(WireWriter writer, OnnxTensor tensor)
        {
            foreach (long size in tensor.Shape)
                writer.Int64(1, size);
            writer.Int64(2, (long)tensor.ElementType);
            foreach (string text in tensor.Strings)
                writer.String(6, text);
            writer.OptionalString(8, tensor.Name);
            if (tensor.ElementType != OnnxDataType.String)
                writer.Bytes(9, tensor.Data.Span);
            writer.OptionalString(12, tensor.Documentation);
            tensor.WriteUnknown(writer);
        }

        private static void Write(WireWriter writer, int field, OnnxValueInfo value)
        {
            int start = writer.Begin(field);
            writer.String(1, value.Name);
            if (!value.OtherType.IsEmpty)
                writer.Bytes(2, value.OtherType.Span);
            else if (value.ElementType != OnnxDataType.Undefined)
            {
                int type = writer.Begin(2);
                int tensor = writer.Begin(1);
                writer.Int64(1, (long)value.ElementType);
                if (value.Shape != null)
                    WriteShape(writer, value.Shape);
                writer.End(tensor);
                writer.End(type);
            }
            writer.OptionalString(3, value.Documentation);
            value.WriteUnknown(writer);
            writer.End(start);
        }

        private static void WriteShape(WireWriter writer, List<OnnxDimension> shape)
        {
            int start = writer.Begin(2);
            foreach (OnnxDimension axis in shape)
            {
                int dimension = writer.Begin(1);
                if (axis.IsFixed)
                    writer.Int64(1, axis.Value);
                else
                    writer.OptionalString(2, axis.Symbol);
                writer.End(dimension);
            }
            writer.End(start);
        }
    }
}
