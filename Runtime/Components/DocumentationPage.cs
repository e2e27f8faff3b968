namespace Recurrent.Components
{
    /// <summary>
    /// Where Unity's help button leads. The attribute takes a constant address, and the pages are not published yet: until they are, it is one under the name "invalid", which is reserved
    /// so that it belongs to nobody and is never found (RFC 2606). Whoever publishes the pages puts their address here. The same page lies in the package: Documentation~/components.md.
    /// </summary>
    internal static class DocumentationPage
    {
        /// <summary>The page of Documentation~/components.md as it is published, up to the section.</summary>
        public const string Components = "https://recurrent.invalid/components.html#";
    }
}
