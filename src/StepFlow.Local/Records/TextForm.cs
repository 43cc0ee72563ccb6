namespace StepFlow.Local.Records;

/// <summary>How a record stores the text that a value was read from. The numbers are in data files and never change.</summary>
internal enum TextForm : byte
{
    /// <summary>There is no text.</summary>
    None = 0,

    /// <summary>The text follows.</summary>
    Inline = 1,

    /// <summary>It is the value's own compact text.</summary>
    OfValue = 2,

    /// <summary>The content hash of a text that is stored separately follows.</summary>
    Payload = 3,
}
