using System;
using System.CommandLine;
using System.IO;
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
return new RootCommand("Makes the samples' models and measures the samples.") { model, time, patrol }.Parse(args).Invoke();

static string FindPackage()
{
    for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder != null; folder = folder.Parent)
        if (File.Exists(Path.Combine(folder.FullName, "package.json"))) return folder.FullName;
    throw new IOException("Neither this folder nor one above it has a package.json.");
}
