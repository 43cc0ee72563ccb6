namespace StepFlow.Runtime.Mocks;

/// <summary>A mock configuration file is wrong. Says where and why.</summary>
public sealed class MockConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
