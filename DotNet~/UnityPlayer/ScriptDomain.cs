using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using UnityEngine;
using UnityEngine.SceneManagement;

namespace UnityPlayer;

/// <summary>
/// Scripts with statics of their own, as after a reload of Unity's domain: the assemblies are loaded anew beside those that run already. When it is unloaded,
/// nothing may hold them any more: a thread that still runs their code, or a listener left behind, shows by their staying.
/// </summary>
public sealed class ScriptDomain
{
    private readonly WeakReference _context;
    private readonly Dictionary<string, byte[]> _images;

    /// <param name="files">The assemblies that are loaded anew: scripts, and what of the package has statics. All others are shared.</param>
    public ScriptDomain(params string[] files)
    {
        _images = files.ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllBytes);
        _context = Load();
    }

    /// <summary>Those that were loaded. Whoever keeps one, or a type of it, keeps the domain.</summary>
    public IReadOnlyList<Assembly> Assemblies => _context.Target is Context context
        ? _images.Keys.Select(name => context.LoadFromAssemblyName(new AssemblyName(name))).ToArray()
        : throw new ObjectDisposedException(nameof(ScriptDomain));

    /// <summary>A class of one of them.</summary>
    public Type Type(string fullName) => Assemblies.Select(assembly => assembly.GetType(fullName)).FirstOrDefault(type => type != null) ?? throw new ArgumentException($"No class {fullName} in the domain.");

    /// <summary>Lets go of them, after the game has quit.</summary>
    /// <returns>Whether they are gone: false where something of theirs still runs or is held.</returns>
    public bool Unload()
    {
        if (World.Current.IsPlaying) throw new InvalidOperationException("Quit the game before its scripts are unloaded.");
        Forget();
        for (int i = 0; i < 12 && _context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return !_context.IsAlive;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Load() => new(new Context(_images));

    // In a frame of its own: what it touches must not live on in the one that waits.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget()
    {
        Messages.Forget();
        SerializedFields.Forget();
        UnityEngine.Application.ForgetHearers();
        SceneManager.ForgetHearers();
        if (_context.Target is Context { IsUnloading: false } context)
        {
            context.IsUnloading = true;
            context.Unload();
        }
    }

    private sealed class Context : AssemblyLoadContext
    {
        private readonly Dictionary<string, byte[]> _images;

        public Context(Dictionary<string, byte[]> images) : base("scripts", isCollectible: true) => _images = images;

        public bool IsUnloading { get; set; }

        // Asked once a name. An assembly kept here would keep itself.
        protected override Assembly? Load(AssemblyName assemblyName) =>
            _images.TryGetValue(assemblyName.Name!, out byte[]? image) ? LoadFromStream(new MemoryStream(image)) : null;
    }
}
