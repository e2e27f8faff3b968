using System;
using System.Collections.Generic;
using System.IO;

namespace Recurrent.CommandLine;

/// <summary>Recorded play in files of any kind, by the ending of their names.</summary>
internal static class EpisodeFormat
{
    public const string Readable = ".episodes, .csv, .jsonl or .demo", Writable = ".episodes, .csv, .jsonl or .safetensors";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its name ends as <see cref="Readable"/> says.</param>
    /// <param name="columns">What the columns of another program's table are.</param>
    /// <param name="report">Told what was found that is not as it might be expected.</param>
    public static IReadOnlyList<Episode> Load(string path, EpisodeColumns columns, Report report)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".episodes":
                EpisodeFile file = EpisodeFile.Load(path);
                if (file.Cut != null) report.Line($"{path}: {file.Cut}");
                if (file.Episodes.Count == 0) throw new ModelFileException(path, "the recording is empty: there is no step.");
                return file.Episodes;
            case ".csv":
                CsvTable table = CsvTable.Load(path);
                if (!EpisodeCsv.IsOwn(table)) report.Line($"{path}: a row's action is taken for the one {(columns.ActionsComeBefore ? "before its observation: step t gets that of row t + 1" : "taken on its observation")} (--actions)");
                return EpisodeCsv.Read(table, columns);
            case ".jsonl":
                return EpisodeJsonLines.Load(path);
            case ".demo":
                DemoFile demo = DemoFile.Load(path);
                report.Line($"{path}: demonstration '{demo.Name}' of behaviour '{demo.Behavior}', {demo.Rows.Count} rows; a row's action came before its observation: step t gets that of row t + 1");
                if (demo.Episodes.Count == 0) throw new ModelFileException(path, "the recording is empty: no episode has two rows.");
                return demo.Episodes;
            default:
                throw new ArgumentException($"{path}: recorded play ends in {Readable}, got '{Path.GetExtension(path)}'");
        }
    }

    /// <summary>Writes a file.</summary>
    public static void Save(string path, IReadOnlyList<Episode> episodes)
    {
        Action<string, IReadOnlyList<Episode>> save = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".episodes" => EpisodeFile.Save,
            ".csv" => EpisodeCsv.Save,
            ".jsonl" => EpisodeJsonLines.Save,
            ".safetensors" => EpisodeTensors.Save,
            string other => throw new ArgumentException($"{path}: recorded play is written as {Writable}, got '{other}'"),
        };
        save(path, episodes);
    }
}
