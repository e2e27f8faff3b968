namespace RecurrentEditor.Setup
{
    /// <summary>Something that the package can use and works without: how it comes into a project, and how the package learns of it.</summary>
    internal sealed class OptionalPart
    {
        /// <summary>ONNX Runtime.</summary>
        public static readonly OptionalPart OnnxRuntime = new OptionalPart("ONNX Runtime", "Runs .onnx models of other tools on processor and graphics card.")
        {
            Package = "com.github.asus4.onnxruntime",
            Scope = "com.github.asus4",
            LeastVersion = "0.4.0",
            Version = "0.4.9",
            Page = "https://github.com/asus4/onnxruntime-unity",
            NuGetPackage = "Microsoft.ML.OnnxRuntime",
            Dll = "Microsoft.ML.OnnxRuntime.dll",
            Define = "RECURRENT_ORT_DLL",
        };

        /// <summary>ONNX Runtime on NVIDIA cards under Windows.</summary>
        public static readonly OptionalPart WindowsGpu = Gpu("ONNX Runtime: GPU, Windows", "com.github.asus4.onnxruntime.win-x64-gpu");

        /// <summary>ONNX Runtime on NVIDIA cards under Linux.</summary>
        public static readonly OptionalPart LinuxGpu = Gpu("ONNX Runtime: GPU, Linux", "com.github.asus4.onnxruntime.linux-x64-gpu");

        /// <summary>MathNet.Numerics.</summary>
        public static readonly OptionalPart MathNet = new OptionalPart("MathNet.Numerics", "Principal components, spectra and clusters of hidden states, in the viewer and in code.")
        {
            Package = "org.nuget.mathnet.numerics",
            Scope = "org.nuget",
            LeastVersion = "5.0.0",
            Version = "5.0.0",
            Page = "https://github.com/bdovaz/UnityNuGet",
            NuGetPackage = "MathNet.Numerics",
            Dll = "MathNet.Numerics.dll",
            Define = "RECURRENT_MATHNET_DLL",
        };

        /// <summary>Burst, which Unity's own registry has.</summary>
        public static readonly OptionalPart Burst = new OptionalPart("Burst", "Speed inside Unity: without it, networks run by plain loops.") { Package = "com.unity.burst", LeastVersion = "1.8.0" };

        /// <summary>All, in the order in which they are shown.</summary>
        public static readonly OptionalPart[] All = { Burst, OnnxRuntime, WindowsGpu, LinuxGpu, MathNet };

        private OptionalPart(string title, string purpose) => (Title, Purpose) = (title, purpose);

        public string Title { get; }

        public string Purpose { get; }

        /// <summary>The package's name.</summary>
        public string Package { get; private set; } = "";

        /// <summary>The scope under which a registry has it; empty where Unity's own registry does.</summary>
        public string Scope { get; private set; } = "";

        /// <summary>The oldest version that is seen.</summary>
        public string LeastVersion { get; private set; } = "0.0.0";

        /// <summary>The version to add; empty where Unity chooses.</summary>
        public string Version { get; private set; } = "";

        /// <summary>The package's own page, which says where its registry is.</summary>
        public string Page { get; private set; } = "";

        /// <summary>Its name where NuGetForUnity brings it; empty where that does not.</summary>
        public string NuGetPackage { get; private set; } = "";

        /// <summary>The DLL by which it is there without the package; empty where there is none.</summary>
        public string Dll { get; private set; } = "";

        /// <summary>The scripting define that says that the DLL is there.</summary>
        public string Define { get; private set; } = "";

        /// <summary>The part that this one is of no use without, and has the version of.</summary>
        public OptionalPart? Needs { get; private set; }

        /// <summary>As the package manager is asked for it.</summary>
        public string Identifier => Version.Length > 0 ? $"{Package}@{Version}" : Package;

        private static OptionalPart Gpu(string title, string package) => new OptionalPart(title, "Runs .onnx models on an NVIDIA card (CUDA, TensorRT).")
        {
            Package = package,
            Scope = OnnxRuntime.Scope,
            LeastVersion = OnnxRuntime.LeastVersion,
            Version = OnnxRuntime.Version,
            Page = OnnxRuntime.Page,
            Needs = OnnxRuntime,
        };
    }
}
