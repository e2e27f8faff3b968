using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Recurrent.Editor.Tests")]
