namespace Recurrent.Components
{
    /// <summary>Where Unity's help button leads.</summary>
    internal static class DocumentationPage
    {
        /// <summary>The page of Documentation~/components.md as it is published, up to the section.</summary>
        public const string Components = "https://recurrent.dev/unity/components.html#";
    }
}
