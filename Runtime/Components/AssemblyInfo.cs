using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Recurrent.Components.Tests")]
