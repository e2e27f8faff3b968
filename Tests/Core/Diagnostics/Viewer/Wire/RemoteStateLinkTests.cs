using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class RemoteStateLinkTests
    {
        [Test]
        public void WhatTheGameRecordsComesThrough()
        {
            var game = new Game();
            game.Add("Guard", new LSTM(2, 6, numLayers: 2, seed: 1));
            game.Add("Cook", new GRU(3, 40, seed: 2));
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            int told = 0;
            link.AgentsChanged += () => told++;
            pipe.Frames(3);
            Assert.That((link.IsConnected, told, pipe.Host.IsWatched), Is.EqualTo((true, 1, true)));
            Assert.That(link.Agents.Select(agent => $"{agent.Name} {agent.Layout!.Width}"), Is.EqualTo(game.Agents.Select(agent => $"{agent.Name} {agent.Layout!.Width}")));
            Assert.That(game.Attached, Is.Empty);

            IRecordedSteps guard = link.Attach("Guard"), cook = link.Attach("Cook");
            Assert.That((guard.FirstStep, guard.EndStep), Is.EqualTo((0L, 0L)));
            pipe.Frames(2);
            Assert.That(game.Attached, Is.EqualTo(new[] { "Guard", "Cook" }));
            for (int t = 0; t < 50; t++)
            {
                game.Step();
                pipe.Frame();
            }
            pipe.Frames(2);
            foreach (IRecordedSteps steps in new[] { guard, cook })
            {
                AgentRecorder there = game[steps.Agent];
                Assert.That((steps.FirstStep, steps.EndStep), Is.EqualTo((0L, 50L)));
                Assert.That(steps.Layout.Matches(there.Layout));
                for (int t = 0; t < 50; t++) Assert.That(steps.Frame(t).ToArray(), Is.EqualTo(there.Frame(t).ToArray()));
                Assert.That(steps.Range(3, 9).Frames, Is.EqualTo(there.Range(3, 9).Frames));
            }
            Assert.That((link.DroppedSteps, link.LateMessages, link.IgnoredMessages, pipe.Host.IgnoredMessages), Is.EqualTo((0L, 0L, 0L, 0L)));
            Assert.That(link.Attach("Guard"), Is.SameAs(guard));

            // Far beyond the ring here: the last steps are kept under their numbers.
            for (int t = 0; t < 1200; t++)
            {
                game.Step();
                pipe.Frame();
            }
            pipe.Frames(2);
            Assert.That(guard.EndStep, Is.EqualTo(1250));
            Assert.That(guard.FirstStep, Is.InRange(1250 - 1024, 1250 - 1023));
            Assert.That(guard.Frame(1249).ToArray(), Is.EqualTo(game["Guard"].Frame(1249).ToArray()));
            Assert.That(() => guard.Frame(100).Length, Throws.InstanceOf<ArgumentOutOfRangeException>());
            link.Detach("Guard");
            pipe.Frames(2);
            Assert.That(game.Attached, Is.EqualTo(new[] { "Cook" }));
            Assert.That(guard.EndStep, Is.EqualTo(1250), "what came stays readable");
        }

        [Test]
        public void WhoComesLateSeesTheLastStepsUnderTheirNumbers()
        {
            var game = new Game();
            game.Add("Guard", new GRU(2, 5, seed: 1));
            game.Attach("Guard");
            game.Step(500);
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            pipe.Frames(3);
            IRecordedSteps steps = link.Attach("Guard");
            pipe.Frames(4);
            Assert.That((steps.FirstStep, steps.EndStep), Is.EqualTo((500L - 64, 500L)));
            Assert.That(steps.Frame(470).ToArray(), Is.EqualTo(game["Guard"].Frame(470).ToArray()));
            Assert.That(link.DroppedSteps, Is.Zero);
        }

        [Test]
        public void MarksComeThrough()
        {
            var game = new Game();
            game.Add("Guard", new GRU(2, 5, seed: 1));
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            pipe.Frames(4);
            IRecordedSteps steps = link.Attach("Guard");
            pipe.Frames(4);
            game.Step(3);
            game["Guard"].Mark(StateMarkKind.Reset);
            game.Step(2);
            game["Guard"].Mark(StateMarkKind.Restored);
            game["Guard"].Mark(StateMarkKind.Missed);
            game.Step(2);
            // The first time they are lost; they come with a later sign of life.
            pipe.Fate = message => BitConverter.ToUInt16(message, 6) == (ushort)WireKind.Marks ? Array.Empty<byte[]>() : new[] { message };
            pipe.Frames(4);
            Assert.That((steps.EndStep, steps.MarkCount), Is.EqualTo((7L, 0)));
            pipe.Fate = message => new[] { message };
            pipe.Frames(25);
            Assert.That(Enumerable.Range(0, steps.MarkCount).Select(steps.GetMark),
                Is.EqualTo(new[] { new StateMark(3, StateMarkKind.Reset), new StateMark(5, StateMarkKind.Restored), new StateMark(5, StateMarkKind.Missed) }));
            Assert.That(steps.Range(4, 7).Marks.Count, Is.EqualTo(2));
            Assert.That(() => steps.GetMark(3), Throws.InstanceOf<ArgumentOutOfRangeException>());
            link.Receive(WireMessage.Make(WireKind.Marks, 7, 9999, new byte[9]));
            Assert.That(link.IgnoredMessages, Is.EqualTo(1));
        }

        [Test]
        public void LossIsCountedAndSteppedOver([Values(1, 2, 3)] int seed)
        {
            var game = new Game();
            game.Add("Guard", new GRU(2, 200, seed: 1), 32);     // a step of some 4 KB
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            pipe.Frames(4);
            IRecordedSteps steps = link.Attach("Guard");
            pipe.Frames(4);
            var random = new RandomSource((ulong)seed);
            pipe.Fate = message => random.Next(5) switch
            {
                0 => Array.Empty<byte[]>(),
                1 => new[] { message, message },
                _ => new[] { message },
            };
            pipe.Order = messages =>
            {
                for (int i = 1; i < messages.Count; i++)
                    if (random.Next(3) == 0) (messages[i - 1], messages[i]) = (messages[i], messages[i - 1]);
            };
            int lost = 0;
            for (int t = 0; t < 300; t++)
            {
                game.Step(1 + random.Next(3));
                pipe.Frame();
            }
            pipe.Fate = message => new[] { message };
            pipe.Order = messages => { };
            for (int t = 0; t < 30; t++)
            {
                game.Step();
                pipe.Frame();
            }
            pipe.Frames(3);
            Assert.That(steps.EndStep, Is.EqualTo(game["Guard"].StepCount));
            for (long t = game["Guard"].FirstStep; t < steps.EndStep; t++)
            {
                float[] got = steps.Frame(t).ToArray();
                if (float.IsNaN(got[0]))
                {
                    lost++;
                    Assert.That(got, Has.All.NaN);
                }
                else Assert.That(got, Is.EqualTo(game["Guard"].Frame(t).ToArray()), $"step {t}");
            }
            Assert.That(lost, Is.LessThan(16), "the last 30 came whole");
            Assert.That(link.DroppedSteps, Is.InRange(20, 320));
            Assert.That(link.LateMessages, Is.GreaterThan(10));
            Assert.That(link.IgnoredMessages, Is.Zero);
            Assert.That(pipe.LargestMessage, Is.EqualTo(32 << 10));
        }

        [Test]
        public void MoreThanTheConnectionCarriesIsLeftOutOldestFirst()
        {
            var game = new Game();
            game.Add("Giant", new GRU(2, 3000, bias: false, seed: 1), 64);     // a step of 72 KB, of which 128 KB fit into a batch
            game.Add("Guard", new GRU(2, 4, seed: 2), 64);
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            pipe.Frames(4);
            IRecordedSteps giant = link.Attach("Giant"), guard = link.Attach("Guard");
            pipe.Frames(4);
            for (int t = 0; t < 40; t++)
            {
                game.Step();
                pipe.Frame();
            }
            pipe.Frames(6);
            Assert.That(giant.EndStep, Is.EqualTo(40));
            Assert.That(giant.Frame(39).ToArray(), Is.EqualTo(game["Giant"].Frame(39).ToArray()), "the newest are there");
            Assert.That(link.DroppedSteps, Is.InRange(5, 30));
            Assert.That(guard.EndStep, Is.EqualTo(40), "a large network keeps the others silent");
        }

        [Test]
        public void ABreakpointPausesTheGameAtOnceAndIsToldWithItsSteps()
        {
            var game = new Game();
            game.Add("Guard", new GRU(2, 5, seed: 1));
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            pipe.Frames(3);
            IRecordedSteps steps = link.Attach("Guard");
            Breakpoint breakpoint = Breakpoint.Parse("norm(h) > 0");
            Assert.That(() => link.SetBreakpoints("Guard", new[] { Breakpoint.Parse("c[0] > 1") }), Throws.ArgumentException);
            link.SetBreakpoints("Guard", new[] { breakpoint });
            pipe.Frames(3);
            BreakpointHit? got = null;
            long there = -1;
            link.BreakpointHit += hit =>
            {
                got = hit;
                there = steps.EndStep;
                link.IsPaused = true;
            };
            game.Step();
            Assert.That(game.IsPaused, Is.True);
            Assert.That(got, Is.Null);
            pipe.Frames(3);
            Assert.That((got!.Value.Step, there, got.Value.Value), Is.EqualTo((0L, 1L, Norm(game["Guard"].Frame(0), game["Guard"].Layout))).Within(1e-9));
            Assert.That(got.Value.Breakpoint, Is.SameAs(breakpoint));
            Assert.That(got.Value.Agent, Is.SameAs(steps));
            Assert.That(link.IsPaused, Is.True);
            link.StepOnce();
            link.StepOnce();
            pipe.Frames(3);
            Assert.That(game.Frames, Is.EqualTo(2));
            link.IsPaused = false;
            Assert.That(link.IsPaused, Is.False, "as it was wished, though the game has not heard yet");
            pipe.Frames(3);
            game.Step();
            pipe.Frames(3);
            Assert.That((game.IsPaused, link.IsPaused), Is.EqualTo((false, false)));
            link.IsRecording = false;
            pipe.Frames(2);
            Assert.That(game.IsRecording, Is.False);
            link.Dispose();
            pipe.Frames(2);
            Assert.That((game.IsRecording, game.Attached.Count, pipe.Host.IsWatched, game["Guard"].Breakpoints.Count), Is.EqualTo((true, 0, false, 1)));
        }

        [Test]
        public void WishesThatAreLostAreSaidAgain()
        {
            var game = new Game();
            game.Add("Guard", new GRU(2, 5, seed: 1));
            var pipe = new Pipe(game);
            pipe.Fate = _ => Array.Empty<byte[]>();
            RemoteStateLink link = pipe.Open();
            pipe.Frames(3);
            Assert.That(link.Agents, Is.Empty);
            pipe.Fate = message => new[] { message };
            pipe.Frames(25);
            Assert.That(link.Agents.Count, Is.EqualTo(1));
            pipe.Fate = _ => Array.Empty<byte[]>();
            link.Attach("Guard");
            link.IsPaused = true;
            link.StepOnce();
            game.Warn("NaN since step 3");
            pipe.Frames(3);
            Assert.That(game.Attached, Is.Empty);
            pipe.Fate = message => new[] { message };
            pipe.Frames(45);
            Assert.That((game.Attached.Count, game.IsPaused, game.Frames), Is.EqualTo((1, true, 1)));
            Assert.That(link.Agents[0].Warning, Is.EqualTo("NaN since step 3"));
        }

        [Test]
        public void AViewerThatSaysNothingIsGone()
        {
            var game = new Game();
            game.Add("Guard", new GRU(2, 5, seed: 1));
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            pipe.Frames(3);
            link.Attach("Guard");
            link.IsPaused = true;
            pipe.Frames(3);
            pipe.Fate = _ => Array.Empty<byte[]>();
            for (int t = 0; t < 95; t++) pipe.Host.Advance(0.05);
            Assert.That(pipe.Host.IsWatched, Is.True);
            for (int t = 0; t < 10; t++) pipe.Host.Advance(0.05);
            Assert.That((pipe.Host.IsWatched, game.Attached.Count, game.IsPaused), Is.EqualTo((false, 0, false)), "a game that nobody sees stands still");
        }

        [Test]
        public void ItConnectsAnewAlsoToAnotherRunOfTheGame()
        {
            var game = new Game();
            game.Add("Guard", new GRU(2, 5, seed: 1));
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            pipe.Frames(3);
            IRecordedSteps before = link.Attach("Guard");
            link.StepOnce();
            pipe.Frames(2);
            game.Step(9);
            pipe.Frames(4);
            Assert.That(before.EndStep, Is.EqualTo(9));

            // The wire is cut and mended.
            pipe.Host.Disconnect();
            link.Disconnect();
            Assert.That((link.Agents.Count, game.Attached.Count, link.IsConnected), Is.EqualTo((0, 0, false)));
            link.Connect();
            IRecordedSteps again = null!;
            link.AgentsChanged += () => again = link.Agents.Count > 0 ? link.Attach("Guard") : again;
            pipe.Frames(30);
            Assert.That(game.Frames, Is.EqualTo(1), "what was asked for before is done again");
            game.Step(2);
            pipe.Frames(4);
            Assert.That((again.EndStep, before.EndStep), Is.EqualTo((11L, 9L)));
            Assert.That(again.Frame(10).ToArray(), Is.EqualTo(game["Guard"].Frame(10).ToArray()));

            // The game ends and is run anew; its steps begin with 0, and those of before do not get among them.
            link.Disconnect();
            var second = new Game();
            second.Add("Dog", new GRU(1, 2, seed: 3));
            second.Add("Guard", new GRU(2, 5, seed: 4));
            var anew = new Pipe(second, 5000);
            pipe.Host = anew.Host;
            var wire = new List<byte[]>();
            pipe.Host = new StateLinkHost(second, message =>
            {
                wire.Add((byte[])message.Clone());
                return true;
            }, 9000);
            link.Connect();
            for (int t = 0; t < 40; t++)
            {
                second.Step();
                pipe.Frame();
                foreach (byte[] message in wire) link.Receive(message);
                wire.Clear();
            }
            Assert.That(link.Agents.Select(agent => agent.Name), Is.EqualTo(new[] { "Dog", "Guard" }));
            Assert.That(again.EndStep, Is.InRange(1, 40));
            Assert.That(again.Frame(again.EndStep - 1).ToArray(), Is.EqualTo(second["Guard"].Frame(again.EndStep - 1).ToArray()));
            Assert.That(link.DroppedSteps, Is.Zero);
        }

        [Test]
        public void AnotherNetworkIsAnotherRecording()
        {
            var game = new Game();
            game.Add("Guard", new GRU(2, 5, seed: 1));
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            pipe.Frames(3);
            IRecordedSteps steps = link.Attach("Guard");
            link.AgentsChanged += () => steps = link.Agents.Count > 0 ? link.Attach("Guard") : steps;
            pipe.Frames(2);
            game.Step(5);
            pipe.Frames(3);
            game.Add("Guard", new LSTM(2, 3, seed: 2));
            pipe.Frames(3);
            game.Step(4);
            pipe.Frames(3);
            Assert.That((steps.Layout.Cells[0].Kind, steps.EndStep), Is.EqualTo(("LSTM", 4L)));
            game["Guard"].Clear();
            pipe.Frames(5);
            game.Step(2);
            pipe.Frames(3);
            Assert.That(steps.EndStep, Is.EqualTo(2));
            Assert.That(steps.Frame(1).ToArray(), Is.EqualTo(game["Guard"].Frame(1).ToArray()));

            // Who goes and comes back is looked at again.
            game.Remove("Guard");
            pipe.Frames(5);
            Assert.That(link.Agents, Is.Empty);
            game.Add("Guard", new GRU(1, 2, seed: 3));
            pipe.Frames(45);
            game.Step(3);
            pipe.Frames(3);
            Assert.That((steps.Layout.InputSize, steps.EndStep), Is.EqualTo((1, 3L)));
        }

        [Test]
        public void WhatIsNoMessageIsLeftOutAndCounted([Values(1, 2, 3, 4)] int seed)
        {
            var game = new Game();
            game.Add("Guard", new GRU(2, 5, seed: 1));
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            pipe.Frames(4);
            IRecordedSteps steps = link.Attach("Guard");
            pipe.Frames(4);
            var random = new RandomSource((ulong)seed);
            int damaged = 0;
            pipe.Fate = message =>
            {
                var copy = (byte[])message.Clone();
                switch (random.Next(4))
                {
                    case 0:
                        damaged++;
                        copy[random.Next(WireMessage.Header + BitConverter.ToInt32(copy, 16))] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        damaged++;
                        Array.Resize(ref copy, random.Next(WireMessage.Header + BitConverter.ToInt32(copy, 16)));
                        break;
                    case 2:
                        damaged++;
                        for (int i = 0; i < copy.Length; i++) copy[i] = (byte)random.Next(256);
                        break;
                }
                return new[] { copy };
            };
            for (int t = 0; t < 200; t++)
            {
                game.Step();
                pipe.Frame();
            }
            Assert.That(link.IgnoredMessages + pipe.Host.IgnoredMessages, Is.InRange(damaged - pipe.Host.DroppedHits - 2, damaged + 1).And.GreaterThan(50));
            Assert.That(link.DroppedSteps, Is.GreaterThan(0));
            for (long t = game["Guard"].FirstStep; t < steps.EndStep; t++)
                if (!float.IsNaN(steps.Frame(t)[0])) Assert.That(steps.Frame(t).ToArray(), Is.EqualTo(game["Guard"].Frame(t).ToArray()));
        }

        // Whole messages with nonsense in them: of the right form, but nobody means it.
        [Test]
        public void NonsenseIsLeftOutAndTakesNoMemory()
        {
            var game = new Game();
            game.Add("Guard", new GRU(2, 5, seed: 1));
            var pipe = new Pipe(game);
            RemoteStateLink link = pipe.Open();
            pipe.Frames(3);
            link.Attach("Guard");
            pipe.Frames(3);
            string[] agents =
            {
                "", "{", "[]", "{}", "{\"listing\":5,\"index\":0,\"count\":1000000000}", "{\"listing\":5,\"index\":-1,\"count\":1}", "{\"listing\":5,\"index\":7,\"count\":2}",
                "{\"listing\":5,\"index\":0,\"count\":1,\"id\":1,\"generation\":1,\"name\":\"x\",\"warning\":\"\",\"layout\":\"{\"}",
                "{\"listing\":5,\"index\":0,\"count\":1,\"id\":1,\"generation\":1,\"name\":null,\"warning\":\"\",\"layout\":\"\"}", "{\"leaves\":7}",
                "{\"leaves\":false,\"listing\":1,\"records\":true,\"paused\":false,\"pauseChange\":0,\"steps\":0,\"agents\":[{\"name\":\"Guard\",\"breakpoints\":[\"what?\"]}]}", new string('[', 5000),
            };
            long before = link.IgnoredMessages, beforeThere = pipe.Host.IgnoredMessages;
            long memory = GC.GetAllocatedBytesForCurrentThread();
            int sent = 0;
            foreach (WireKind kind in new[] { WireKind.Wish, WireKind.Agent, WireKind.Status, WireKind.Hit, (WireKind)99 })
                foreach (string text in agents)
                {
                    sent++;
                    byte[] message = WireMessage.Make(kind, 7, 1000 + (uint)sent, System.Text.Encoding.UTF8.GetBytes(text));
                    link.Receive(message);
                    pipe.Host.Receive(message);
                }
            var steps = new byte[WireSteps.Head + 4];
            foreach ((long position, int count) in new[] { (-1L, 1), (long.MaxValue, 1), (0L, 0), (0L, -1), (0L, int.MaxValue), (0L, 2) })
            {
                sent++;
                WireSteps.WriteHead(steps, 1, 1, position, count);
                link.Receive(WireMessage.Make(WireKind.Steps, 7, 5000, steps));
            }
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - memory, Is.LessThan(1 << 20));
            // Two are hits of somebody who is not looked at, and one text is as long as a status.
            Assert.That(link.IgnoredMessages - before, Is.EqualTo(sent - 3));
            Assert.That(pipe.Host.IgnoredMessages - beforeThere, Is.EqualTo(sent - 6));
            Assert.That(link.Agents.Select(agent => agent.Name), Is.EqualTo(new[] { "Guard" }));
            Assert.That(game.Attached.Count, Is.EqualTo(1));

            // A network larger than any ring here may be.
            var layout = new RecordingLayout(RecordChannels.Input, RecordingLayout.MaxWidth, 0, 0, Array.Empty<RecordedCell>());
            Assert.That(new RemoteSteps("Giant", layout, 1).EndStep, Is.Zero);
            link.Receive(WireMessage.Make(WireKind.Status, 8, 1, new byte[WireStatus.Bytes]));
            Assert.That(link.IgnoredMessages - before, Is.EqualTo(sent - 2), "it is for somebody else");
        }

        [Test]
        public void AnotherVersionIsSaid()
        {
            var game = new Game();
            var pipe = new Pipe(game);
            var replies = new List<byte[]>();
            var host = new StateLinkHost(game, message =>
            {
                replies.Add((byte[])message.Clone());
                return true;
            }, 1);
            byte[] wish = WireMessage.Make(WireKind.Wish, 7, 1, new byte[] { 1, 2 });
            wish[4] = 2;
            host.Receive(wish);
            Assert.That(host.IgnoredMessages, Is.EqualTo(1));
            RemoteStateLink link = pipe.Open();
            int told = 0;
            link.AgentsChanged += () => told++;
            replies[0][4] = 9;
            link.Receive(replies[0]);
            link.Receive(replies[0]);
            Assert.That(link.Fault, Is.EqualTo("Phone speaks version 9 of the link, expected 1: use the same version of the package in the game and here."));
            Assert.That((told, link.IgnoredMessages), Is.EqualTo((1, 2L)));
        }

        [Test]
        public void ServingAllocatesNothingWhileNothingChanges()
        {
            var game = new Game();
            game.Add("Guard", new LSTM(2, 20, seed: 1));
            game.Add("Cook", new GRU(3, 9, seed: 2));
            long sent = 0;
            var host = new StateLinkHost(game, message =>
            {
                sent += message.Length;
                return true;
            }, 1);
            byte[] wish = Array.Empty<byte>();
            using (var viewer = new RemoteStateLink("Phone", message => wish = message, 7))
            {
                host.Receive(wish);
                for (int i = 0; i < 2; i++) host.Advance(0.2);
            }
            string text = "{\"leaves\":false,\"listing\":2,\"records\":true,\"paused\":false,\"pauseChange\":0,\"steps\":0,\"agents\":[{\"name\":\"Guard\",\"breakpoints\":[]},{\"name\":\"Cook\",\"breakpoints\":[]}]}";
            byte[][] wishes = Enumerable.Range(1, 40).Select(number => WireMessage.Make(WireKind.Wish, 8, (uint)number, System.Text.Encoding.UTF8.GetBytes(text))).ToArray();
            for (int t = 0; t < 20; t++)
            {
                host.Receive(wishes[t]);
                host.Advance(0.1);
            }
            Assert.That(game.Attached.Count, Is.EqualTo(2));
            game.Step(200);
            sent = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int t = 20; t < 40; t++)
            {
                host.Receive(wishes[t]);
                host.Advance(0.1);
            }
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            Assert.That(sent, Is.GreaterThan(64 * 100 * 4));
        }

        private static double Norm(ReadOnlySpan<float> frame, RecordingLayout layout)
        {
            RecordedTrack h = layout.Find("h")!;
            double sum = 0;
            foreach (float value in frame.Slice(h.Offset, h.Length)) sum += (double)value * value;
            return Math.Sqrt(sum);
        }
    }
}
