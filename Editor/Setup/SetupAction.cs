namespace RecurrentEditor.Setup
{
    /// <summary>What a button of the set-up does.</summary>
    internal enum SetupDeed
    {
        /// <summary>Asks the package manager for a package; its registry is in the manifest, or it needs none.</summary>
        AddPackage,

        /// <summary>The same once the user has said where the registry is.</summary>
        AddPackageFromRegistry,

        /// <summary>Asks the package manager to take a package away.</summary>
        RemovePackage,

        /// <summary>Sets a scripting define for every build target.</summary>
        SetDefine,

        /// <summary>Takes a scripting define from every build target.</summary>
        RemoveDefine,

        /// <summary>Opens the window of NuGetForUnity.</summary>
        OpenNuGet,

        /// <summary>Opens a page.</summary>
        OpenPage,

        /// <summary>Shows an asset in the Project window.</summary>
        ShowAsset,
    }

    /// <summary>A button: what it does, to what, and what it says.</summary>
    internal sealed class SetupAction
    {
        public SetupAction(SetupDeed deed, string subject, string label) => (Deed, Subject, Label) = (deed, subject, label);

        public SetupDeed Deed { get; }

        /// <summary>A package, a define, an address or a path.</summary>
        public string Subject { get; }

        public string Label { get; }

        /// <inheritdoc/>
        public override string ToString() => $"{Deed} {Subject}";
    }
}
