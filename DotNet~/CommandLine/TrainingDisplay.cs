using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary>
/// Shows a training run as it goes: a bar with epoch, loss and remaining time on a terminal, and everywhere five lines of the loss, as tutorials print it.
/// </summary>
internal sealed class TrainingDisplay : IProgress<TrainingProgress>
{
    private const double RefreshSeconds = 0.1;

    private readonly Report _report;
    private readonly string _title;
    private readonly int _every;
    private ProgressTask? _bar;
    private long _nextRefresh;
    private int _printed;

    private TrainingDisplay(Report report, string title, int epochs)
    {
        _report = report;
        _title = title;
        _every = Math.Max(1, epochs / 5);
    }

    /// <summary>Takes a run that was begun to its end, and shows it meanwhile.</summary>
    /// <param name="trainer">The run.</param>
    /// <param name="epochs">How many epochs were asked for.</param>
    /// <param name="report">Where to show it.</param>
    /// <param name="title">What stands before the bar.</param>
    /// <param name="lines">Whether the loss is printed as lines too.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static TrainingResult Run(Trainer trainer, int epochs, Report report, string title, bool lines, CancellationToken cancellation)
    {
        var display = new TrainingDisplay(report, title, lines ? epochs : int.MaxValue);
        if (!report.Interactive) return trainer.Run(display, cancellation);
        return report.Console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 24 }, new PercentageColumn())
            .Start(context =>
            {
                display._bar = context.AddTask(title.EscapeMarkup());
                return trainer.Run(display, cancellation);
            });
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress progress)
    {
        if (progress.Batch == 0 && progress.Epoch > _printed && progress.Epoch % _every == 0)
        {
            _printed = progress.Epoch;
            _report.Line($"{(_title.Length > 0 ? _title + ", " : "")}epoch {$"{progress.Epoch}".PadLeft($"{progress.Epochs}".Length)} of {progress.Epochs}  {Losses(progress)}");
        }

        long now = Stopwatch.GetTimestamp();
        if (_bar == null || now < _nextRefresh) return;
        _nextRefresh = now + (long)(RefreshSeconds * Stopwatch.Frequency);
        _bar.Value = 100 * progress.Fraction;
        _bar.Description = $"{(_title.Length > 0 ? _title + "  " : "")}epoch {Math.Min(progress.Epoch + 1, progress.Epochs)}/{progress.Epochs}  {Losses(progress)}  {Remaining(progress)} left".EscapeMarkup();
    }

    private static string Losses(TrainingProgress progress) => double.IsNaN(progress.ValidationLoss)
        ? $"loss {Number(progress.TrainLoss)}"
        : $"loss {Number(progress.TrainLoss)}  validation {Number(progress.ValidationLoss)} (best {Number(progress.BestLoss)}, epoch {progress.BestEpoch})";

    private static string Number(double loss) => loss.ToString("0.00000", CultureInfo.InvariantCulture);

    private static string Remaining(TrainingProgress progress)
    {
        if (!(progress.Fraction > 0)) return "?:??";
        TimeSpan left = progress.Elapsed * ((1 - progress.Fraction) / progress.Fraction);
        return left.TotalHours < 1 ? left.ToString(@"m\:ss", CultureInfo.InvariantCulture) : left.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
    }
}
