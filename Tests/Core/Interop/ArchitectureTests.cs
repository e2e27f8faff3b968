using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class ArchitectureTests
    {
        private const long Enough = 1 << 20;

        [Test]
        public void WritesEveryOption()
        {
            var model = new SequenceModel(
                ("a", new LSTM(2, 6, numLayers: 2, bias: false, dropout: 0.1f, bidirectional: true, projSize: 4)),
                ("b", new SequenceModel(new GRUCell(8, 3, resetAfter: false, updateKeepsState: false), new Dropout(0.25f))),
                ("c", new FinalStates()),
                ("d", new Linear(3, 1)));
            const string expected = "[{'name':'a','type':'LSTM','inputSize':2,'hiddenSize':6,'numLayers':2,'bias':false,'dropout':0.1,'bidirectional':true,'projSize':4},"
                + "{'name':'b','type':'SequenceModel','layers':[{'name':'0','type':'GRUCell','inputSize':8,'hiddenSize':3,'bias':true,'resetAfter':false,'updateKeepsState':false},"
                + "{'name':'1','type':'Dropout','probability':0.25}]},{'name':'c','type':'FinalStates'},{'name':'d','type':'Linear','inputSize':3,'outputSize':1,'bias':true}]";
            Assert.That(Architecture.Write(model), Is.EqualTo(expected.Replace('\'', '"')));
        }

        [Test]
        public void ReadsEveryOption()
        {
            var lstm = (LSTM)Read("{'name':'x','projSize':4,'type':'LSTM','inputSize':2,'hiddenSize':6,'numLayers':2,'bias':false,'dropout':0.1,'bidirectional':true}").Layers[0];
            Assert.That((lstm.InputSize, lstm.HiddenSize, lstm.NumLayers, lstm.Dropout, lstm.Bidirectional, lstm.ProjectionSize, lstm.Cell(1, 1).HasBias), Is.EqualTo((2, 6, 2, 0.1f, true, 4, false)));
            var rnn = (RNN)Read("{'name':'x','type':'RNN','inputSize':2,'hiddenSize':6,'numLayers':1,'bias':true,'dropout':0,'bidirectional':false,'nonlinearity':'ReLU'}").Layers[0];
            Assert.That((rnn.InputSize, rnn.HiddenSize, rnn.NumLayers, rnn.Nonlinearity, rnn.Bidirectional, rnn.Cell(0).HasBias), Is.EqualTo((2, 6, 1, Nonlinearity.ReLU, false, true)));
            var gru = (GRU)Read("{'name':'x','type':'GRU','inputSize':2,'hiddenSize':6,'numLayers':1,'bias':true,'dropout':0,'bidirectional':false,'resetAfter':false,'updateKeepsState':true}").Layers[0];
            Assert.That((gru.ResetAfter, gru.UpdateKeepsState), Is.EqualTo((false, true)));
            var cell = (GRUCell)Read("{'name':'x','type':'GRUCell','inputSize':2,'hiddenSize':6,'bias':false,'resetAfter':true,'updateKeepsState':false}").Layers[0];
            Assert.That((cell.InputSize, cell.HiddenSize, cell.HasBias, cell.ResetAfter, cell.UpdateKeepsState), Is.EqualTo((2, 6, false, true, false)));
            var projected = (LSTMCell)Read("{'name':'x','type':'LSTMCell','inputSize':2,'hiddenSize':6,'bias':true,'projSize':5}").Layers[0];
            Assert.That((projected.OutputSize, projected.HiddenSize, projected.ProjectionSize), Is.EqualTo((5, 6, 5)));
            var embedding = (Embedding)Read("{'name':'x','type':'Embedding','numEmbeddings':5,'embeddingDim':3,'paddingIndex':-1}").Layers[0];
            Assert.That((embedding.NumEmbeddings, embedding.OutputSize, embedding.PaddingIndex), Is.EqualTo((5, 3, -1)));
        }

        [Test]
        public void AnEncoderDecoderKeepsEveryOption()
        {
            var layer = new EncoderDecoder(7, 5, new LSTM(4, 3, bidirectional: true), new LSTM(3 + 6, 6), new EncoderDecoderOptions
            {
                SourceEmbedding = 4,
                TargetEmbedding = 3,
                RepeatsEncoder = true,
                Attention = AttentionScore.General,
                SourcePadding = 0,
                TargetPadding = 2,
            });
            const string encoder = "{'name':'encoder','type':'LSTM','inputSize':4,'hiddenSize':3,'numLayers':1,'bias':true,'dropout':0,'bidirectional':true,'projSize':0}";
            const string decoder = "{'name':'decoder','type':'LSTM','inputSize':9,'hiddenSize':6,'numLayers':1,'bias':true,'dropout':0,'bidirectional':false,'projSize':0}";
            string text = ("[{'name':'t','type':'EncoderDecoder','sourceSymbols':7,'targetSymbols':5,'sourceEmbedding':4,'targetEmbedding':3,'feedsSymbols':true,'repeatsEncoder':true,'carriesState':true,"
                + "'attention':'General','sourcePadding':0,'targetPadding':2,'encoder':" + encoder + ",'decoder':" + decoder + "}]").Replace('\'', '"');
            var model = new SequenceModel(("t", layer));
            Assert.That(Architecture.Write(model), Is.EqualTo(text));
            SequenceModel read = Architecture.Read(text, model.Store.Length);
            Assert.That(Architecture.Write(read), Is.EqualTo(text));
            Assert.That(read.Parameters.Select(parameter => parameter.ToString()), Is.EqualTo(model.Parameters.Select(parameter => parameter.ToString())));

            // A file with far fewer weights is refused before the layer is made.
            Assert.That(() => Architecture.Read(text, 400), Throws.TypeOf<FormatException>().With.Message.Contains("the layers need"));
            Assert.That(() => Architecture.Read(text.Replace("\"General\"", "\"Additive\""), Enough), Throws.TypeOf<FormatException>().With.Message.Contains("expected one of None, Dot, General, got 'Additive'"));
            Assert.That(() => Architecture.Read(text.Replace("\"inputSize\":9", "\"inputSize\":8"), Enough), Throws.TypeOf<FormatException>().With.Message.Contains("the decoder takes 8 features, expected 3 of a symbol + 6 of the encoder = 9."));
            string linear = "{'name':'encoder','type':'Linear','inputSize':4,'outputSize':3,'bias':true}".Replace('\'', '"');
            Assert.That(() => Architecture.Read(text.Replace(encoder.Replace('\'', '"'), linear), Enough), Throws.TypeOf<FormatException>().With.Message.Contains("layer 't': the encoder is no recurrent layer."));
        }

        private const string Line = "{'name':'a','type':'Linear','inputSize':2,'outputSize':3,'bias':true}";
        private const string Stack = "'type':'LSTM','bias':true,'dropout':0,'bidirectional':false,'projSize':0";

        private static string Optional(string options) => "{'name':'a','inputSize':2,'hiddenSize':3,'numLayers':1," + Stack + ",'options':{" + options + "}}";

        private static IEnumerable<TestCaseData> Bad()
        {
            yield return new TestCaseData("{}", "expected a list of layers, got Object.");
            yield return new TestCaseData("[]", "SequenceModel: expected at least one layer, got none.");
            yield return new TestCaseData("[1]", "expected an object with 'type', got 1.");
            yield return new TestCaseData("[{'type':'LastStep'}]", "expected an object with 'name'");
            yield return new TestCaseData("[{'name':'a'}]", "expected an object with 'type'");
            yield return new TestCaseData("[{'name':'a','type':'Lstm'}]", "layer 'a' is of the unknown type 'Lstm'.");
            yield return new TestCaseData("[{'name':1,'type':'LastStep'}]", "expected a string, got 1.");
            yield return new TestCaseData("[{'name':'a','type':'Linear','inputSize':2,'outputSize':3}]", "expected an object with 'bias'");
            yield return new TestCaseData("[{'name':'a','type':'Linear','inputSize':2,'outputSize':3,'bias':1}]", "expected true or false, got 1.");
            yield return new TestCaseData("[{'name':'a','type':'Linear','inputSize':2.0,'outputSize':3,'bias':true}]", "expected a whole number of 32 bits, got 2.");
            yield return new TestCaseData("[{'name':'a','type':'Linear','inputSize':2,'outputSize':3,'bias':true,'scale':2}]", "layer 'a': expected 5 members, got 6: name, type, inputSize, outputSize, bias, scale.");
            yield return new TestCaseData("[{'name':'a','type':'Linear','inputSize':2,'inputSize':2,'outputSize':3,'bias':true}]", "twice");
            yield return new TestCaseData("[{'name':'a','type':'Linear','inputSize':0,'outputSize':3,'bias':true}]", "layer 'a': Linear: inputSize must be at least 1, got 0.");
            yield return new TestCaseData("[{'name':'a','type':'Linear','inputSize':-2,'outputSize':3,'bias':true}]", "inputSize is -2, expected 0 to 1048576.");
            yield return new TestCaseData("[{'name':'a','type':'Linear','inputSize':1048577,'outputSize':3,'bias':true}]", "inputSize is 1048577, expected 0 to 1048576.");
            yield return new TestCaseData("[{'name':'a','type':'Linear','inputSize':1024,'outputSize':1025,'bias':true}]", "the layers need 1049600 weights or more, the file has 1048576.");
            yield return new TestCaseData("[{'name':'a','type':'Embedding','numEmbeddings':1048576,'embeddingDim':1048576,'paddingIndex':0}]", "the layers need 1099511627776 weights or more, the file has 1048576.");
            yield return new TestCaseData("[{'name':'a','type':'Embedding','numEmbeddings':5,'embeddingDim':2,'paddingIndex':5}]", "layer 'a': Embedding: paddingIndex must be one of 5 symbols or −1, got 5.");
            yield return new TestCaseData("[{'name':'a','inputSize':2,'hiddenSize':3,'numLayers':0," + Stack + "}]", "layer 'a': LSTM: numLayers must be at least 1, got 0.");
            yield return new TestCaseData("[{'name':'a','inputSize':2,'hiddenSize':3,'numLayers':1001," + Stack + "}]", "there are more than 1000 layers, stacked ones counted.");
            yield return new TestCaseData("[{'name':'a','inputSize':2,'hiddenSize':3,'numLayers':1," + Stack.Replace("'projSize':0", "'projSize':3") + "}]", "layer 'a': LSTM: projSize must be below hiddenSize 3, got 3.");
            yield return new TestCaseData("[{'name':'a','inputSize':2,'hiddenSize':3,'numLayers':1," + Stack.Replace("'dropout':0", "'dropout':1") + "}]", "layer 'a': LSTM: dropout must be in [0, 1), got 1.");
            yield return new TestCaseData("[{'name':'a','type':'Activation','nonlinearity':'1'}]", "expected one of Tanh, ReLU, Sigmoid, got '1'.");
            yield return new TestCaseData("[{'name':'a','type':'Activation','nonlinearity':'Tanh, ReLU'}]", "expected one of Tanh, ReLU, Sigmoid, got 'Tanh, ReLU'.");
            yield return new TestCaseData("[" + Optional("'activations':[],'reverseActivations':[],'inputForget':true") + "]", "expected an object with 'peepholes'");
            yield return new TestCaseData("[" + Optional("'activations':[],'reverseActivations':[],'clip':0,'inputForget':true,'peepholes':false") + "]", "layer 'a': LSTM: Clip must be above 0, got 0.");
            yield return new TestCaseData("[" + Optional("'activations':[],'reverseActivations':[],'inputForget':true,'peepholes':false,'zoneout':0.1") + "]", "options: expected 4 members, got 5: ");
            yield return new TestCaseData("[" + Optional("'activations':[{'kind':'Tanh','alpha':0,'beta':0}],'reverseActivations':[],'inputForget':true,'peepholes':false") + "]", "layer 'a': LSTM: got 1 activation functions, expected 3.");
            yield return new TestCaseData("[" + Optional("'activations':[{'kind':'tanh','alpha':0,'beta':0}],'reverseActivations':[],'inputForget':true,'peepholes':false") + "]", "expected one of Relu, Tanh, Sigmoid, Affine,");
            yield return new TestCaseData("[" + Optional("'activations':[{'kind':'Elu','alpha':-1,'beta':0}],'reverseActivations':[],'inputForget':true,'peepholes':false") + "]", "layer 'a': Elu: cannot be trained with alpha -1 and beta 0.");
            yield return new TestCaseData("[" + Optional("'activations':3,'reverseActivations':[],'inputForget':true,'peepholes':false") + "]", "expected a list of functions, got Number.");
            yield return new TestCaseData("[{'name':'a','type':'LastStep'}]", "SequenceModel: LastStep cannot come first");
            yield return new TestCaseData("[" + Line + "," + Line.Replace("'a'", "'b'") + "]", "Linear(2→3): the layer before it gives 3 features, expected 2.");
            yield return new TestCaseData("[" + Line + "," + Line + "]", "SequenceModel: two layers are called 'a'.");
            yield return new TestCaseData("[" + Line.Replace("'a'", "'a.b'") + "]", "SequenceModel: 'a.b' cannot name a layer");
            yield return new TestCaseData("[{'name':'a','type':'SequenceModel','layers':[]}]", "SequenceModel: expected at least one layer, got none.");
            yield return new TestCaseData("[{'name':'a','type':'SequenceModel','layers':3}]", "expected a list of layers, got Number.");
            yield return new TestCaseData(string.Concat(Enumerable.Repeat("[{'name':'a','type':'SequenceModel','layers':", 40)) + "[]", "nested deeper than 64");
        }

        [TestCaseSource(nameof(Bad))]
        public void RefusesWhatIsNoArchitecture(string text, string reason) =>
            Assert.That(() => Architecture.Read(text.Replace('\'', '"'), Enough), Throws.InstanceOf<FormatException>().With.Message.Contains(reason));

        [Test]
        public void RefusesMoreLayersThanReason()
        {
            string many = "[" + string.Join(",", Enumerable.Range(0, 1001).Select(i => $"{{'name':'{i}','type':'LastStep'}}")) + "]";
            Assert.That(() => Architecture.Read(many.Replace('\'', '"'), Enough), Throws.TypeOf<FormatException>().With.Message.EqualTo("there are more than 1000 layers, stacked ones counted."));
        }

        [Test]
        public void TheFewestWeightsAreNoMoreThanAModelHas([Values] bool bidirectional, [Values(1, 3)] int layers)
        {
            foreach (Layer layer in new Layer[]
            {
                new RNN(3, 5, layers, bias: false, bidirectional: bidirectional), new GRU(3, 5, layers, bias: false, bidirectional: bidirectional), new LSTM(3, 5, layers, bias: false, bidirectional: bidirectional),
                new RNNCell(3, 5, bias: false), new GRUCell(3, 5, bias: false), new LSTMCell(3, 5, bias: false), new Linear(3, 5, bias: false), new Embedding(3, 5),
            })
            {
                // Without biases and projection the bound is exact: one number fewer is refused.
                var model = new SequenceModel(layer);
                string text = Architecture.Write(model);
                Assert.That(Architecture.Read(text, model.Store.Length).ToString(), Is.EqualTo(model.ToString()));
                Assert.That(() => Architecture.Read(text, model.Store.Length - 1), Throws.TypeOf<FormatException>(), layer.ToString());
            }
            var projected = new SequenceModel(new LSTM(3, 5, layers, bidirectional: bidirectional, projSize: 2));
            Assert.That(Architecture.Read(Architecture.Write(projected), projected.Store.Length).Store.Length, Is.EqualTo(projected.Store.Length));
        }

        private static SequenceModel Read(string layer) => Architecture.Read("[" + layer.Replace('\'', '"') + "]", Enough);
    }
}
