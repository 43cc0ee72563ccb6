namespace StepFlow.Language.Jsonata.Pictures;

internal enum IntegerStyle
{
    Decimal,
    Letters,
    Roman,
    Words,

    /// <summary>Any other numbering sequence: not supported.</summary>
    Sequence,
}
