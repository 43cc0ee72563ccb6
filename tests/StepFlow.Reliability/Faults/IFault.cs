namespace StepFlow.Reliability.Faults;

/// <summary>Something that goes wrong around the server, and is over when the method returns.</summary>
internal interface IFault
{
    /// <summary>Its name, for <c>--faults</c>.</summary>
    string Name { get; }

    /// <summary>Lets it go wrong.</summary>
    Task StrikeAsync(Random random, CancellationToken cancellationToken);
}
