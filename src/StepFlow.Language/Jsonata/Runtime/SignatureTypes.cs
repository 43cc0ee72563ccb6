namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The types that a signature distinguishes.</summary>
[Flags]
internal enum SignatureTypes
{
    None = 0,
    Array = 1,
    String = 2,
    Number = 4,
    Boolean = 8,
    Null = 16,
    Function = 32,
    Object = 64,

    /// <summary>An undefined value, which all but functions accept.</summary>
    Missing = 128,
    Json = Array | String | Number | Boolean | Null | Object | Missing,
    Any = Json | Function,
}
