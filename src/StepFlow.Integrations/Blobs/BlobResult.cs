using System.Diagnostics.CodeAnalysis;

namespace StepFlow.Integrations.Blobs;

/// <summary>What became of a request to a blob store.</summary>
public readonly struct BlobResult<T>
{
    private BlobResult(T? value, BlobFailure failure) => (Value, Failure) = (value, failure);

    /// <summary>The value; meaningless where it failed.</summary>
    public T? Value { get; }

    /// <summary>How it failed; <see cref="BlobFailure.None"/> where it did not.</summary>
    public BlobFailure Failure { get; }

    /// <summary>Whether it has a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsSuccess => Failure == BlobFailure.None;

    public static implicit operator BlobResult<T>(T value) => new(value, BlobFailure.None);

    public static implicit operator BlobResult<T>(BlobFailure failure) => new(default, failure);
}

/// <summary>The failures of a blob store in normal use.</summary>
public enum BlobFailure
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>No such container.</summary>
    NoSuchContainer,

    /// <summary>No such blob.</summary>
    NoSuchBlob,

    /// <summary>The account has no such version of the blob.</summary>
    NoSuchVersion,

    /// <summary>A block to be committed was never stored, or no longer exists.</summary>
    NoSuchBlock,

    /// <summary>The slice is not in the blob.</summary>
    NoSuchSlice,

    /// <summary>The blob exists, or has another version than required.</summary>
    PreconditionFailed,

    /// <summary>The name is not valid for a container.</summary>
    InvalidContainerName,

    /// <summary>The name is not valid for a blob.</summary>
    InvalidName,

    /// <summary>Workflows may not reach the container.</summary>
    NotAllowed,

    /// <summary>No permission.</summary>
    AccessDenied,

    /// <summary>No storage account is configured.</summary>
    NotConfigured,
}
