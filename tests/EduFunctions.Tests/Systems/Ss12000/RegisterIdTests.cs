using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>One id is one, however a register writes it here and there.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RegisterIdTests
{
    private const string Uuid = "7f9619ff-8b86-4011-b42d-00cf4fc964ff";

    [Theory]
    [InlineData("7F9619FF-8B86-4011-B42D-00CF4FC964FF")]
    [InlineData("{7f9619ff-8b86-4011-b42d-00cf4fc964ff}")]
    [InlineData("urn:uuid:7f9619ff-8b86-4011-b42d-00cf4fc964ff")]
    [InlineData("URN:UUID:7F9619FF8B864011B42D00CF4FC964FF")]
    [InlineData("7f9619ff8b864011b42d00cf4fc964ff")]
    [InlineData(" 7f9619ff8b864011b42d00cf4fc964ff ")]
    public void A_uuid_is_one_in_every_form(string text) => Assert.Equal(EntityId.Parse(Uuid), Of(text));

    [Theory]
    [InlineData("elev-\u00E5", "elev-a\u030A", true)]
    [InlineData("elev-a", "ELEV-A", false)]
    [InlineData("7f9619ff8b864011b42d00cf4fc964f", "7f9619ff8b864011b42d00cf4fc964ff", false)]
    [InlineData("elev-\uFFFE\u00E9", "elev-\uFFFEe\u0301", true)]
    [InlineData("elev-\u00E9", "elev-\u00E8", false)]
    public void Letters_are_the_same_composed_or_not(string one, string other, bool areSame) => Assert.Equal(areSame, Of(one) == Of(other));

    private static EntityId Of(string text)
    {
        Assert.True(IdText.TryParse(Encoding.UTF8.GetBytes(text), out var id), text);
        return id;
    }
}
