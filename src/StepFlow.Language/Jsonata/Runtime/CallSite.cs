namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The place of a call, for the one function that depends on it.</summary>
internal abstract class CallSite;
