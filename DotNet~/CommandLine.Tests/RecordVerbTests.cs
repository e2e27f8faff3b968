using System.Globalization;
using System.Text;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.CommandLine.Tests;

public sealed class RecordVerbTests
{
    [Test]
    public void LearnsToPlayAndRecordsEpisodesThatItNeverSaw()
    {
        // The player turns (1) in the step after a wall (1) is seen, and otherwise walks (0): a row holds the action before its observation.
        var csv = new StringBuilder("episode,step,reward,done,a0,o0\n");
        var random = new RandomSource(3);
        for (int episode = 0; episode < 30; episode++)
        {
            int wall = 0;
            for (int t = 0; t < 12; t++)
            {
                int action = wall;
                wall = random.Next(2);
                csv.Append(CultureInfo.InvariantCulture, $"{episode},{t},0,0,{action},{wall}\n");
            }
        }
        using var run = new CommandLineRun();
        Assert.That(run.Run("record", "--csv", run.Write("play.csv", csv.ToString()), "--hidden", "8", "--epochs", "60", "--threads", "1"), Is.EqualTo(ExitCode.Success), run.Error);
        Assert.That(run.Json["accuracy"].AsDouble(), Is.EqualTo(1));
        Assert.That(run.Json["steps"].AsInt32(), Is.EqualTo(6 * 11));
        RecordingFile file = RecordingFile.Load(run.PathOf("play.rnnstate"));
        Assert.That(file.Recordings[0].Steps, Is.EqualTo(6 * 11));
        Assert.That(file.Recordings[0].Layout.InputSize, Is.EqualTo(1 + 2), "the wall, and the action before as one of two");
        Assert.That(file.Table(RecordedTable.Training)!.Rows, Is.EqualTo(60));
    }
}
