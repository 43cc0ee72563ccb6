namespace StepFlow.Fuzzing.Tests;

/// <summary>Something that takes texts from outside. It accepts each input or refuses it with its own exception; anything else that it throws is a fault.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">Gives it an input.</param>
/// <param name="Seeds">Inputs to begin with.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Run, IReadOnlyList<string> Seeds)
{
    /// <summary>A target that takes a text.</summary>
    public static FuzzTarget OfText(string name, Action<string> run, params string[] seeds) =>
        new(name, input => run(System.Text.Encoding.UTF8.GetString(input)), seeds);

    /// <summary>Does something that may be refused with an exception of a type.</summary>
    public static void MayRefuse<TRefusal>(Action run)
        where TRefusal : Exception
    {
        try
        {
            run();
        }
        catch (TRefusal)
        {
            // That is how it refuses.
        }
    }
}
