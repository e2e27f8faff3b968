using System;
using System.CommandLine;
using System.IO;
using Recurrent.Diagnostics;
using SampleRuns;

var seed = new Option<int>("--seed") { Description = "What everything is drawn from.", DefaultValueFactory = _ => 1 };
var package = new Option<string?>("--package") { Description = "The package's folder. Default: the nearest one with a package.json, from here upwards.", HelpName = "DIR" };
var model = new Command("crowd-model", "Trains the model of the sample Crowd from its teacher, and writes it into the sample.") { seed, package };
model.SetAction(parsed => CrowdModel.Run(parsed.GetValue(seed), parsed.GetValue(package) ?? FindPackage(), Console.Out));
var time = new Command("crowd-time", "Measures a frame of the sample Crowd: 1,000 NPCs observe, one network takes a step for all, all act.") { package };
time.SetAction(parsed => CrowdTime.Run(parsed.GetValue(package) ?? FindPackage(), Console.Out));
var seeds = new Option<int>("--seeds") { Description = "How many patrols.", DefaultValueFactory = _ => 20 };
var patrol = new Command("patrol", "Plays the sample NpcPatrol, and prints how well the NPC patrols by itself.") { seeds, seed, package };
patrol.SetAction(parsed => PatrolTable.Run(parsed.GetValue(seeds), parsed.GetValue(seed), parsed.GetValue(package) ?? FindPackage(), Console.Out));
var file = new Option<string?>("--file") { Description = "A recording to paint instead of a game.", HelpName = "FILE" };
var lesson = new Option<string?>("--model") { Description = "What the NPC has learned: the patrol.safetensors of a run before. Default: it learns first, which takes a minute.", HelpName = "FILE" };
var folder = new Option<string>("--out") { Description = "Where the pictures go.", HelpName = "DIR", Required = true };
var skin = new Option<string>("--skin") { Description = "The editor's skin.", DefaultValueFactory = _ => "dark" };
skin.AcceptOnlyFromAmong("dark", "light");
var viewer = new Command("viewer", "Paints what the State Viewer shows: of the sample NpcPatrol while it plays, or of a recording.") { file, lesson, folder, skin, seed, package };
viewer.SetAction(parsed =>
{
    Skin painted = parsed.GetValue(skin) == "light" ? Skin.Light : Skin.Dark;
    return parsed.GetValue(file) is { } recording
        ? ViewerRun.OfFile(recording, parsed.GetValue(folder)!, painted, Console.Out)
        : ViewerRun.Live(parsed.GetValue(lesson), parsed.GetValue(seed), parsed.GetValue(folder)!, painted, parsed.GetValue(package) ?? FindPackage(), Console.Out);
});
return new RootCommand("Makes the samples' models and measures the samples.") { model, time, patrol, viewer }.Parse(args).Invoke();

static string FindPackage()
{
    for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder != null; folder = folder.Parent)
        if (File.Exists(Path.Combine(folder.FullName, "package.json"))) return folder.FullName;
    throw new IOException("Neither this folder nor one above it has a package.json.");
}
