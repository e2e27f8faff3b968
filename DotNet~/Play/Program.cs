using System;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;
using System.Reflection;
using Play;

var sample = new Argument<string>("sample") { Description = "A sample's folder in Samples~, or a scene file." };
var frames = new Option<int>("--frames") { Description = "How many frames are played.", DefaultValueFactory = _ => 900 };
var frameTime = new Option<float>("--frame-time") { Description = "Seconds a frame in the game.", DefaultValueFactory = _ => 1f / 60f };
var film = new Option<string?>("--film") { Description = "The film strip to write, a PNG; single frames get its name and their number.", HelpName = "FILE" };
var pictures = new Option<int>("--pictures") { Description = "Pictures in the strip, at even distances.", DefaultValueFactory = _ => 12 };
var columns = new Option<int>("--columns") { Description = "Pictures a row.", DefaultValueFactory = _ => 4 };
var single = new Option<int[]>("--single") { Description = "A frame to write as a picture of its own; may be given more than once.", HelpName = "FRAME" };
var size = new Option<string>("--size") { Description = "The screen's width and height.", HelpName = "WxH", DefaultValueFactory = _ => "480x270" };
var package = new Option<string?>("--package") { Description = "The package's folder. Default: the nearest one with a package.json, from here upwards.", HelpName = "DIR" };
var scripts = new Option<string[]>("--scripts") { Description = "A further assembly with scripts that the scene uses.", HelpName = "DLL" };
var root = new RootCommand("Plays a sample's own scene and scripts without an engine, and draws what its camera would see.") { sample, frames, frameTime, film, pictures, columns, single, size, scripts, package };
root.SetAction(parsed =>
{
    string[] sides = parsed.GetValue(size)!.Split('x');
    if (sides.Length != 2 || !int.TryParse(sides[0], out int width) || !int.TryParse(sides[1], out int height) || width is < 16 or > 4096 || height is < 16 or > 4096)
        throw new IOException($"--size: expected WxH of 16 to 4096 pixels, got {parsed.GetValue(size)}.");
    if (parsed.GetValue(frames) < 1 || parsed.GetValue(pictures) < 1 || parsed.GetValue(columns) < 1) throw new IOException("--frames, --pictures and --columns: expected at least 1.");
    string folder = parsed.GetValue(package) ?? Stage.FindPackage(Directory.GetCurrentDirectory());
    string scene = Stage.FindScene(folder, parsed.GetValue(sample)!);
    var request = new PlayRequest(scene, parsed.GetValue(frames), parsed.GetValue(frameTime), width, height, parsed.GetValue(pictures), parsed.GetValue(columns), parsed.GetValue(film),
        (parsed.GetValue(single) ?? []).Where(frame => frame >= 1 && frame <= parsed.GetValue(frames)).ToArray());
    Assembly[] assemblies = Stage.Assemblies.Concat((parsed.GetValue(scripts) ?? []).Select(file => Assembly.LoadFrom(Path.GetFullPath(file)))).ToArray();
    return PlayRun.Run(request, Stage.Assets(folder, scene, assemblies), assemblies, Console.Out);
});

try
{
    ParseResult parsed = root.Parse(args);
    if (parsed.Action is ParseErrorAction mistake) mistake.ShowHelp = false;
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
