using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Recurrent.Onnx;
using Recurrent.OnnxRuntime;
using Recurrent.Tests.Onnx;

namespace Recurrent.Tests.OnnxRuntime
{
    public class OnnxSequenceSessionTests
    {
        [Test]
        public void StatesAreCarriedFromStepToStep()
        {
            using var session = new OnnxSequenceSession(StepModels.Lstm().ToBytes());
            Assert.That(session.StatePairs, Is.EqualTo(new[] { new StatePair("h0", "hn"), new StatePair("c0", "cn") }));
            Assert.That(session.Inputs.Select(value => value.ToString()), Is.EqualTo(new[] { "x: Float[1, 1, 3]" }));
            Assert.That(session.States.Select(value => value.ToString()), Is.EqualTo(new[] { "h0: Float[1, 1, 4]", "c0: Float[1, 1, 4]" }));
            Assert.That(session.Outputs.Select(value => value.Name), Is.EqualTo(new[] { "y" }));

            var random = new RandomSource(7);
            double[] h = new double[4], c = new double[4];
            var y = new float[4];
            for (int t = 0; t < 20; t++)
            {
                float[] x = { random.NextGaussian(), random.NextGaussian(), random.NextGaussian() };
                session.Step(x, y);
                StepModels.LstmStep(x, h, c);
                Assert.That(y, Is.EqualTo(h).Within(1e-6), $"step {t}");
                Assert.That(session.Output<float>("cn").ToArray(), Is.EqualTo(c).Within(1e-6), $"step {t}");
                Assert.That(session.State<float>("h0").ToArray(), Is.EqualTo(y));
            }
            Assert.That(session.Outputs[0].ToString(), Is.EqualTo("y: Float[1, 1, 4]"));
        }

        [Test]
        public void ResetSnapshotAndRestore()
        {
            using var session = new OnnxSequenceSession(StepModels.Lstm().ToBytes());
            float[] x = { 0.5f, -1, 2 }, first = new float[4], second = new float[4], third = new float[4], again = new float[4];
            session.Step(x, first);
            session.Step(x, second);
            Assert.That(second, Is.Not.EqualTo(first));
            OnnxState afterTwo = session.Snapshot();
            session.Step(x, third);

            session.Reset();
            session.Step(x, again);
            Assert.That(again, Is.EqualTo(first));
            OnnxState afterOne = session.Snapshot();

            session.Restore(afterTwo);
            session.Step(x, again);
            Assert.That(again, Is.EqualTo(third));
            session.Restore(afterOne);
            session.Step(x, again);
            Assert.That(again, Is.EqualTo(second));

            using var wider = new OnnxSequenceSession(StepModels.Lstm().ToBytes(), new OnnxSessionOptions { BatchSize = 2 });
            Assert.That(() => wider.Restore(afterOne), Throws.ArgumentException.With.Message.Contains("of another model or batch"));
        }

        [Test]
        public void SequencesOfABatchAreIndependentAndResetAlone()
        {
            using var session = new OnnxSequenceSession(StepModels.Lstm().ToBytes(), new OnnxSessionOptions { BatchSize = 3 });
            Assert.That(session.States[1].ToString(), Is.EqualTo("c0: Float[1, 3, 4]"));
            var random = new RandomSource(3);
            double[][] h = { new double[4], new double[4], new double[4] }, c = { new double[4], new double[4], new double[4] };
            var x = new float[9];
            var y = new float[12];
            for (int t = 0; t < 6; t++)
            {
                for (int i = 0; i < x.Length; i++)
                    x[i] = random.NextGaussian();
                if (t == 3)
                {
                    session.Reset(1);
                    Array.Clear(h[1], 0, 4);
                    Array.Clear(c[1], 0, 4);
                }
                session.Step(x, y);
                for (int n = 0; n < 3; n++)
                {
                    StepModels.LstmStep(x.AsSpan(3 * n, 3), h[n], c[n]);
                    Assert.That(y.AsSpan(4 * n, 4).ToArray(), Is.EqualTo(h[n]).Within(1e-6), $"step {t}, sequence {n}");
                }
            }
            Assert.That(() => session.Reset(3), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void InputsOfSeveralTypesAreFilledByName()
        {
            using var session = new OnnxSequenceSession(StepModels.Mixed().ToBytes(), new OnnxSessionOptions { BatchSize = 2 });
            Assert.That(session.StatePairs, Is.EqualTo(new[] { new StatePair("sum_state", "sum_state_out"), new StatePair("count_state", "count_state_out") }));
            new long[] { 2, 0 }.CopyTo(session.Input<long>("token"));
            new[] { true, false }.CopyTo(session.Input<bool>("add"));
            session.Step();
            Assert.That(session.Output<float>("sum_state_out").ToArray(), Is.EqualTo(new float[] { 3, 30, -1, -10 }));
            Assert.That(session.Output<bool>("positive").ToArray(), Is.EqualTo(new[] { true, true, false, false }));
            Assert.That(session.Output<float>("row").ToArray(), Is.EqualTo(new float[] { 3, 30, 1, 10 }));
            // What is not written again keeps its value.
            session.Input<long>("token")[1] = 1;
            session.Input<bool>("add")[1] = true;
            session.Step();
            Assert.That(session.State<float>("sum_state").ToArray(), Is.EqualTo(new float[] { 6, 60, 1, 10 }));
            Assert.That(session.State<long>("count_state").ToArray(), Is.EqualTo(new long[] { 4, 1 }));
            Assert.That(session.Output<bool>("positive").ToArray(), Is.EqualTo(new[] { true, true, true, true }));
        }

        [Test]
        public void AStateCanBeGiven()
        {
            using var session = new OnnxSequenceSession(StepModels.Mixed().ToBytes());
            session.State<float>("sum_state")[1] = 5;
            session.Input<bool>("add")[0] = true;
            session.Step();
            Assert.That(session.Output<float>("sum_state_out").ToArray(), Is.EqualTo(new float[] { 1, 15 }));
        }

        [Test]
        public void TheCallerCorrectsThePairs()
        {
            byte[] model = StepModels.Lstm().ToBytes();
            var crossed = new OnnxSessionOptions { StatePairs = new[] { new StatePair("h0", "cn"), new StatePair("c0", "hn") } };
            using (var session = new OnnxSequenceSession(model, crossed))
            {
                session.Step(new float[] { 1, 2, 3 }, new float[4]);
                double[] h = new double[4], c = new double[4];
                StepModels.LstmStep(new float[] { 1, 2, 3 }, h, c);
                Assert.That(session.State<float>("h0").ToArray(), Is.EqualTo(c).Within(1e-6));
                Assert.That(session.StatePairs[0].Reason, Is.EqualTo("given"));
            }
            using (var session = new OnnxSequenceSession(model, new OnnxSessionOptions { StatePairs = new StatePair[0] }))
            {
                Assert.That(session.Inputs.Count, Is.EqualTo(3));
                Assert.That(session.Outputs.Count, Is.EqualTo(3));
                session.Step();
                float[] first = session.Output<float>("hn").ToArray();
                session.Step();
                Assert.That(session.Output<float>("hn").ToArray(), Is.EqualTo(first));
                Assert.That(() => session.Step(new float[3], new float[4]), Throws.ArgumentException.With.Message.Contains("by name"));
            }
            var unknown = new OnnxSessionOptions { StatePairs = new[] { new StatePair("h0", "nothing") } };
            Assert.That(() => new OnnxSequenceSession(model, unknown), Throws.ArgumentException.With.Message.Contains("'h0 ← nothing (given)' names no input and output"));
            var twice = new OnnxSessionOptions { StatePairs = new[] { new StatePair("h0", "hn"), new StatePair("c0", "hn") } };
            Assert.That(() => new OnnxSequenceSession(model, twice), Throws.ArgumentException.With.Message.Contains("already paired"));
        }

        [Test]
        public void AStepAllocatesNothing()
        {
            using var lstm = new OnnxSequenceSession(StepModels.Lstm().ToBytes());
            using var mixed = new OnnxSequenceSession(StepModels.Mixed().ToBytes());
            float[] x = { 1, 2, 3 }, y = new float[4];
            OnnxState state = lstm.Snapshot();
            float sum = 0;
            long allocated = 0;
            for (int t = 0; t < 60; t++)
            {
                // The first steps make the buffers and let the runtime compile what it compiles late.
                long before = GC.GetAllocatedBytesForCurrentThread();
                lstm.Step(x, y);
                sum += lstm.Output<float>("hn")[0] + lstm.Latest.Get<float>("y")[1];
                lstm.Snapshot(state);
                lstm.Restore(state);
                mixed.Input<long>("token")[0] = t % 3;
                mixed.Input<bool>("add")[0] = t % 2 == 0;
                mixed.Step();
                sum += mixed.State<float>("sum_state")[0];
                if (t % 20 == 19)
                {
                    lstm.Reset();
                    lstm.Reset(0);
                }
                if (t >= 40)
                    allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }
            Assert.That(sum, Is.Not.NaN);
            Assert.That(allocated, Is.EqualTo(0));
        }

        [Test]
        public void ReadingWhileARunIsInFlightIsNeverTorn()
        {
            using var session = new OnnxSequenceSession(StepModels.Slow(products: 2, size: 96).ToBytes());
            Assert.That(session.StatePairs.Count, Is.EqualTo(1));
            session.Input<float>("x")[0] = 1;
            session.Step();
            int looks = 0;
            for (int step = 2; step <= 60; step++)
            {
                session.Input<float>("x")[0] = step;
                Task<OnnxOutputs> run = session.RunAsync();
                session.Input<float>("x")[0] = -1000; // a run in flight does not see it
                do
                {
                    OnnxOutputs seen = session.Latest;
                    float value = (float)seen.Step;
                    Assert.That(value, Is.EqualTo(step).Or.EqualTo(step - 1));
                    AllEqual(seen.Get<float>("a"), value);
                    AllEqual(seen.Get<float>("b"), value);
                    AllEqual(seen.Get<float>("stateN"), value);
                    looks++;
                }
                while (!run.IsCompleted);
                OnnxOutputs result = Result(run);
                Assert.That(result.Step, Is.EqualTo(step));
                AllEqual(result.Get<float>("a"), step);
            }
            Assert.That(looks, Is.GreaterThanOrEqualTo(59));
        }

        [Test]
        public void OutputsWhoseMemoryWasTakenThrow()
        {
            using var session = new OnnxSequenceSession(StepModels.Lstm().ToBytes());
            Assert.That(() => session.Output<float>("y").Length, Throws.InvalidOperationException.With.Message.Contains("before the first step"));
            session.Step();
            OnnxOutputs first = session.Latest;
            session.Step();
            Assert.That(first.Get<float>("y").Length, Is.EqualTo(4));
            session.Step();
            Assert.That(() => first.Get<float>("y").Length, Throws.InvalidOperationException.With.Message.Contains("'y' was asked of step 1"));
        }

        [Test]
        public void OnlyOneRunAtATime()
        {
            using var session = new OnnxSequenceSession(StepModels.Slow(products: 100, size: 384).ToBytes());
            Task<OnnxOutputs> run = session.RunAsync();
            Assert.That(session.IsRunning, Is.True);
            Assert.That(() => session.Step(), Throws.InvalidOperationException.With.Message.Contains("in flight"));
            Assert.That(() => session.RunAsync(), Throws.InvalidOperationException);
            Assert.That(() => session.Reset(), Throws.InvalidOperationException);
            Assert.That(() => session.Snapshot(), Throws.InvalidOperationException);
            Assert.That(() => session.State<float>("state").Length, Throws.InvalidOperationException);
            Result(run);
            Assert.That(session.IsRunning, Is.False);
            session.Step();
            Assert.That(session.State<float>("state")[0], Is.EqualTo(2));
        }

        [Test]
        public void ACancelledRunLeavesTheStates()
        {
            using var session = new OnnxSequenceSession(StepModels.Slow(products: 100, size: 384).ToBytes());
            using var cancellation = new CancellationTokenSource();
            Task<OnnxOutputs> run = session.RunAsync(cancellation.Token);
            cancellation.Cancel();
            float steps = 0;
            try
            {
                Result(run);
                steps = 1; // done before the cancellation arrived
            }
            catch (OperationCanceledException)
            {
            }
            Assert.That(session.State<float>("state")[0], Is.EqualTo(steps));
            using var quick = new OnnxSequenceSession(StepModels.Slow(products: 1, size: 8).ToBytes());
            quick.Step();
            Assert.That(() => Result(quick.RunAsync(new CancellationToken(true))), Throws.InstanceOf<OperationCanceledException>());
            quick.Step();
            Assert.That(quick.State<float>("state")[0], Is.EqualTo(2));
        }

        [Test]
        public void DisposeWaitsForARunInFlight()
        {
            for (int trial = 0; trial < 5; trial++)
            {
                var session = new OnnxSequenceSession(StepModels.Slow(products: 100, size: 384).ToBytes());
                Task<OnnxOutputs> run = session.RunAsync();
                Thread.Sleep(trial);
                session.Dispose();
                session.Dispose();
                try
                {
                    OnnxOutputs done = Result(run); // where the run was quicker than the thread that disposes
                    AllEqual(done.Get<float>("b"), 0);
                }
                catch (ObjectDisposedException)
                {
                }
                Assert.That(session.IsRunning, Is.False);
                Assert.That(() => session.Step(), Throws.TypeOf<ObjectDisposedException>());
                Assert.That(() => session.Reset(), Throws.TypeOf<ObjectDisposedException>());
            }
        }

        [Test]
        public void CudaOnTheCpuLibraryFallsBackWithOneLoggedReason()
        {
            SkipWhereTheLibraryHasGpus();
            var log = new List<string>();
            using var session = new OnnxSequenceSession(StepModels.Lstm().ToBytes(),
                new OnnxSessionOptions { Providers = new[] { ExecutionProvider.Cuda }, Log = log.Add });
            Assert.That(session.Provider, Is.EqualTo(ExecutionProvider.Cpu));
            Assert.That(log.Count, Is.EqualTo(1));
            Assert.That(log[0], Does.StartWith("OnnxSequenceSession: Cuda cannot run 'model in memory', next is Cpu: ").And.Contain("CUDAExecutionProvider"));
            Assert.That(session.Fallbacks, Is.EqualTo(log));
            session.Step(new float[3], new float[4]);
        }

        [Test]
        public void ProvidersAreTriedInOrder()
        {
            SkipWhereTheLibraryHasGpus();
            using var session = new OnnxSequenceSession(StepModels.Lstm().ToBytes(),
                new OnnxSessionOptions { Providers = new[] { ExecutionProvider.TensorRT, ExecutionProvider.Cuda, ExecutionProvider.Cpu, ExecutionProvider.Qnn } });
            Assert.That(session.Provider, Is.EqualTo(ExecutionProvider.Cpu));
            Assert.That(session.Fallbacks.Count, Is.EqualTo(2));
            Assert.That(session.Fallbacks[0], Does.Contain("TensorRT cannot run").And.Contain("next is Cuda"));
            Assert.That(session.Fallbacks[1], Does.Contain("Cuda cannot run").And.Contain("next is Cpu"));
        }

        [Test]
        public void EveryProviderGivesWayWhereItCannotStart()
        {
            foreach (ExecutionProvider provider in (ExecutionProvider[])Enum.GetValues(typeof(ExecutionProvider)))
            {
                using var session = new OnnxSequenceSession(StepModels.Lstm().ToBytes(), new OnnxSessionOptions { Providers = new[] { provider } });
                Assert.That(session.Fallbacks.Count, Is.EqualTo(session.Provider == provider ? 0 : 1));
                var y = new float[4];
                session.Step(new float[] { 1, 2, 3 }, y);
                double[] h = new double[4], c = new double[4];
                StepModels.LstmStep(new float[] { 1, 2, 3 }, h, c);
                Assert.That(y, Is.EqualTo(h).Within(1e-3));
            }
        }

        [Test]
        public void NothingIsLoggedForTheCpu()
        {
            var log = new List<string>();
            using var session = new OnnxSequenceSession(StepModels.Lstm().ToBytes(), new OnnxSessionOptions { Log = log.Add });
            Assert.That(log, Is.Empty);
            Assert.That(session.Provider, Is.EqualTo(ExecutionProvider.Cpu));
        }

        [Test]
        public void OpenAxesAreGivenOnce()
        {
            OnnxModel model = SmallModels.Empty();
            model.Graph.Inputs.Add(new OnnxValueInfo("x", OnnxDataType.Float, "N", "width", ""));
            model.Graph.Outputs.Add(new OnnxValueInfo("y", OnnxDataType.Float, "N", "width", ""));
            model.Graph.Nodes.Add(new OnnxNode("Neg", new[] { "x" }, new[] { "y" }));
            byte[] bytes = model.ToBytes();
            Assert.That(() => new OnnxSequenceSession(bytes),
                Throws.ArgumentException.With.Message.Contains("axis 1 of the input x: Float[N, width, ?] is open; give it in Dimensions or Shapes"));
            using (var session = new OnnxSequenceSession(bytes, new OnnxSessionOptions { BatchSize = 2, Shapes = { ["x"] = new long[] { 2, 3, 5 } } }))
            {
                session.Step(new float[30], new float[30]);
                Assert.That(session.Outputs[0].ToString(), Is.EqualTo("y: Float[2, 3, 5]"));
            }
            model.Graph.Inputs[0].Shape![2] = "time";
            using (var session = new OnnxSequenceSession(model.ToBytes(), new OnnxSessionOptions { Dimensions = { ["width"] = 4 } }))
                Assert.That(session.Inputs[0].ToString(), Is.EqualTo("x: Float[1, 4, 1]"));
            model.Graph.Inputs[0].Shape![1] = 4;
            Assert.That(() => new OnnxSequenceSession(model.ToBytes(), new OnnxSessionOptions { Shapes = { ["x"] = new long[] { 1, 5, 1 } } }),
                Throws.ArgumentException.With.Message.Contains("axis 1 of 'x' the size 5"));
            Assert.That(() => new OnnxSequenceSession(model.ToBytes(), new OnnxSessionOptions { Shapes = { ["z"] = new long[] { 1 } } }),
                Throws.ArgumentException.With.Message.Contains("Shapes names 'z'"));
        }

        [Test]
        public void MistakesAreNamed()
        {
            using var session = new OnnxSequenceSession(StepModels.Lstm().ToBytes());
            Assert.That(() => session.Input<float>("z").Length, Throws.ArgumentException.With.Message.Contains("no input 'z'; there are [x: Float[1, 1, 3]]"));
            Assert.That(() => session.Input<float>("h0").Length, Throws.ArgumentException.With.Message.Contains("is a state"));
            Assert.That(() => session.Input<long>("x").Length, Throws.ArgumentException.With.Message.Contains("'x' has elements of type Float, asked for Int64"));
            Assert.That(() => session.Step(new float[2], new float[4]), Throws.ArgumentException.With.Message.Contains("the input has 3 values, got 2"));
            Assert.That(() => session.Step(new float[3], new float[5]), Throws.ArgumentException.With.Message.Contains("the output has 4 values, got 5"));
            session.Step();
            Assert.That(() => session.Output<float>("z").Length, Throws.ArgumentException.With.Message.Contains("no output 'z'"));
            Assert.That(() => new OnnxSequenceSession(StepModels.Lstm().ToBytes(), new OnnxSessionOptions { BatchSize = 0 }), Throws.ArgumentException);
        }

        [Test]
        public void AModelThatCannotBeLoadedIsOneException()
        {
            Assert.That(() => new OnnxSequenceSession(new byte[] { 1, 2, 3 }), Throws.TypeOf<ModelFileException>().With.Message.StartsWith("model in memory: "));
            ModelFileException error = Assert.Throws<ModelFileException>(() => new OnnxSequenceSession("nowhere.onnx"))!;
            Assert.That(error.Path, Is.EqualTo("nowhere.onnx"));
        }

        [Test]
        public void AStepThatFailsLeavesTheStates()
        {
            using var session = new OnnxSequenceSession(StepModels.Mixed().ToBytes());
            session.Input<bool>("add")[0] = true;
            session.Step();
            session.Input<long>("token")[0] = 17; // the table has 3 rows
            InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => session.Step())!;
            Assert.That(error.Message, Does.StartWith("OnnxSequenceSession 'model in memory': ").And.Not.Contain("\n"));
            Assert.That(session.State<float>("sum_state").ToArray(), Is.EqualTo(new float[] { 1, 10 }));
            session.Input<long>("token")[0] = 1;
            session.Step();
            Assert.That(session.State<float>("sum_state").ToArray(), Is.EqualTo(new float[] { 3, 30 }));
        }

        [Test]
        public void AFileIsOpenedByItsPath()
        {
            string path = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N") + ".onnx");
            try
            {
                StepModels.Lstm().Save(path);
                using var session = new OnnxSequenceSession(path);
                var y = new float[4];
                session.Step(new float[] { 1, 2, 3 }, y);
                double[] h = new double[4], c = new double[4];
                StepModels.LstmStep(new float[] { 1, 2, 3 }, h, c);
                Assert.That(y, Is.EqualTo(h).Within(1e-6));
            }
            finally
            {
                File.Delete(path);
            }
        }

        /// <summary>Waits here: Unity's Test Framework runs tests on the one thread that would have to continue.</summary>
        private static OnnxOutputs Result(Task<OnnxOutputs> run) => run.GetAwaiter().GetResult();

        private static void SkipWhereTheLibraryHasGpus()
        {
            if (Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
                Assert.Ignore("This is the GPU library; the test is about the CPU one.");
        }

        private static void AllEqual(ReadOnlySpan<float> values, float expected)
        {
            // The products round, so equal means nearer to this step than to its neighbours.
            foreach (float value in values)
                if (Math.Abs(value - expected) > 0.01f)
                    Assert.Fail($"{value} in the step of {expected}");
        }
    }
}
