using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Recurrent.Tests")]
[assembly: InternalsVisibleTo("Recurrent.Analysis")]
