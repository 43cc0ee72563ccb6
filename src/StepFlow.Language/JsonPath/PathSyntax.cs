namespace StepFlow.Language.JsonPath;

/// <summary>The syntax errors of paths.</summary>
internal static class PathSyntax
{
    public const string NoDollar = "A path starts with '$'.";
    public const string EmptyMember = "A member's name is missing.";
    public const string BlankInName = "A name with blanks needs brackets and quotes: ['my name'].";
    public const string UnexpectedCharacter = "'.' or '[' expected.";
    public const string OpenBracket = "']' is missing.";
    public const string OpenString = "A string is not closed.";
    public const string BadBracket = "An index, a slice, a quoted name, '*' or a filter is expected between brackets.";
    public const string BadFilter = "The filter is malformed.";
    public const string BadRegex = "The regular expression cannot be used.";
    public const string TooDeep = "The filter nests too deep.";
    public const string NotAReference = "A reference path has only members and indices, and starts with '$'.";
}
