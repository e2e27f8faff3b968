namespace Recurrent
{
    /// <summary>What a <see cref="JsonValue"/> is.</summary>
    public enum JsonKind
    {
        /// <summary><c>null</c>.</summary>
        Null,

        /// <summary><c>true</c> or <c>false</c>.</summary>
        Boolean,

        /// <summary>A number.</summary>
        Number,

        /// <summary>A string.</summary>
        String,

        /// <summary>An ordered list of values.</summary>
        Array,

        /// <summary>An ordered list of uniquely named values.</summary>
        Object,
    }
}
