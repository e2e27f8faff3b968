using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Recurrent.Components.Tests")]
[assembly: InternalsVisibleTo("Recurrent.Editor")]
[assembly: InternalsVisibleTo("Recurrent.Editor.Tests")]
