namespace StepFlow.Language.Jsonata.Functions;

/// <summary>The functions of jsonata 2, by family.</summary>
internal static class StandardFunctions
{
    public static IEnumerable<NativeFunction> All =>
    [
        .. AggregateFunctions.All,
        .. StringFunctions.All,
        .. PatternFunctions.All,
        .. EncodingFunctions.All,
        .. NumberFunctions.All,
        .. PictureFunctions.All,
        .. BooleanFunctions.All,
        .. HigherOrderFunctions.All,
        .. ArrayFunctions.All,
        .. ObjectFunctions.All,
        .. TimeFunctions.All,
    ];
}
