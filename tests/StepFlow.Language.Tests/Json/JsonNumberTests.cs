using StepFlow.Language.Json;

namespace StepFlow.Language.Tests.Json;

/// <summary>Numbers of thousandths are those of the fraction, in value and text.</summary>
public sealed class JsonNumberTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(-1)]
    [InlineData(-1500)]
    [InlineData(1_700_000_000_001)]
    [InlineData(1_700_000_000_120)]
    [InlineData(1_700_000_000_900)]
    [InlineData(1_700_000_000_000)]
    [InlineData(253_402_300_799_999)]
    [InlineData(-62_135_596_800_001)]
    [InlineData(long.MaxValue)]
    public void OfThousandths_IsTheFraction(long thousandths)
    {
        JsonNumber expected = JsonNumber.Create(thousandths / 1000d);
        JsonNumber actual = JsonNumber.OfThousandths(thousandths);
        if (Math.Abs(thousandths) < 1L << 53)
        {
            Assert.Equal(expected.Text, actual.Text);
            Assert.Equal(expected.ToString(), actual.ToString());
        }

        Assert.Equal(expected.ToDouble(), actual.ToDouble());
        Assert.Equal(actual.Text.Length, actual.Utf8Length);
    }

    [Fact]
    public void OfThousandths_AnyInstant_IsWrittenAsTheFraction()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            long thousandths = random.NextInt64(0, 4_000_000_000_000);
            Assert.Equal(JsonNumber.Create(thousandths / 1000d).Text, JsonNumber.OfThousandths(thousandths).Text);
        }
    }
}
