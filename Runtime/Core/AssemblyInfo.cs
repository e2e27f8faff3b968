using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Recurrent.Tests")]
[assembly: InternalsVisibleTo("Recurrent.Analysis")]
[assembly: InternalsVisibleTo("Recurrent.Burst")]
[assembly: InternalsVisibleTo("Recurrent.Burst.Tests")]
