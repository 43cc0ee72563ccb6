namespace StepFlow.Language.Jsonata.Pictures;

internal enum LetterCase
{
    Lower,
    Upper,
    Title,
}
