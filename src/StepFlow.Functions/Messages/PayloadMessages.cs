namespace StepFlow.Functions.Messages;

/// <summary>The request for some bytes of a stored payload.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">How many.</param>
public sealed record PayloadRange(string Hash, int Offset, int Length);

/// <summary>One part of a payload to store.</summary>
/// <param name="Part">The part, from 0.</param>
/// <param name="Parts">How many there are.</param>
/// <param name="Content">Its bytes.</param>
public sealed record PayloadPart(string Hash, int Part, int Parts, byte[] Content);
