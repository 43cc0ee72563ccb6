using StepFlow.Execution.Tokens;

namespace StepFlow.Execution.Tests;

/// <summary>A token names its task and execution, and only a host with the secret can make one.</summary>
public sealed class TaskTokenTests
{
    private const string Arn = "arn:aws:states:us-east-1:111111111111:execution:mächine:one";

    [Theory]
    [InlineData("secret")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParse_OfAToken_GivesWhatItWasMadeOf(string? secret)
    {
        string text = TaskToken.Create(secret, Arn, "task-12");
        TaskToken token = TaskToken.TryParse(text)!;

        Assert.Equal((Arn, "task-12"), (token.ExecutionArn, token.TaskId));
        Assert.True(token.IsGenuine(secret));
        Assert.False(token.IsGenuine("another"));
        Assert.Matches("^[A-Za-z0-9_-]+$", text);
        Assert.Equal(text, TaskToken.Create(secret, Arn, "task-12"));
    }

    /// <summary>No character of a token can be another one.</summary>
    [Fact]
    public void IsGenuine_AnyCharacterAltered_IsNot()
    {
        string text = TaskToken.Create("secret", Arn, "task-12");
        for (int at = 0; at < text.Length; at++)
        {
            string altered = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];

            Assert.False(TaskToken.TryParse(altered)?.IsGenuine("secret") ?? false, $"character {at}");
        }
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1026, false)]
    public void TryParse_OfALongText_TakesUpToTheMost(int length, bool taken)
    {
        // 33 bytes besides the task and the execution; four characters hold three bytes.
        string text = TaskToken.Create("s", new string('a', (length * 3 / 4) - 33 - 2), "t");

        Assert.Equal(length, text.Length);
        Assert.Equal(taken, TaskToken.TryParse(text) is not null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(34)]
    [InlineData(100)]
    public void TryParse_BytesThatAreNoToken_IsNull(int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)1);

        Assert.Null(TaskToken.TryParse(System.Buffers.Text.Base64Url.EncodeToString(bytes)));
    }

    [Fact]
    public void TryParse_OfAnotherVersion_IsNull()
    {
        byte[] bytes = System.Buffers.Text.Base64Url.DecodeFromChars(TaskToken.Create("secret", Arn, "task-12"));
        bytes[0] = 2;

        Assert.Null(TaskToken.TryParse(System.Buffers.Text.Base64Url.EncodeToString(bytes)));
    }
}
