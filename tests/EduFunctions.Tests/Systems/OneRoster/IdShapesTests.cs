using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Systems.OneRoster;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>What can be an id of a register, by the ids that it has.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class IdShapesTests
{
    private static readonly string[] Uuids = ["8d3b1a52-1111-4000-8000-000000000001", "8d3b1a52-1111-4000-8000-000000000002"];
    private static readonly string[] Words = ["elev17", "elev1204", "larare3"];
    private static readonly string[] Digits = ["000123", "004711", "120017"];

    [Theory]
    [InlineData("SANT")]
    [InlineData("None")]
    [InlineData("\\N")]
    [InlineData("(tom)")]
    [InlineData("[object Object]")]
    [InlineData("Infinity")]
    [InlineData("Err:508")]
    [InlineData("=A1")]
    [InlineData("0")]
    public void What_is_of_other_characters_or_another_length_is_none(string value)
    {
        Assert.All(new[] { Uuids, Words, Digits }, ids => Assert.Equal(Oddness.Shape, Of(ids, value)));
    }

    [Fact]
    public void What_is_like_one_of_them_may_be_one_that_is_gone()
    {
        Assert.Equal(Oddness.None, Of(Uuids, "8d3b1a52-1111-4000-8000-000000000003"));
        Assert.Equal(Oddness.None, Of(Words, "elev18"));
        Assert.Equal(Oddness.None, Of(Digits, "004712"));
        Assert.Equal(Oddness.None, Of(["anna.svensson"], "bertil.larsson"[..13]));
    }

    [Theory]
    [InlineData("123")]
    [InlineData("0123")]
    [InlineData("4711")]
    public void A_number_that_has_lost_its_zeros_is_told_apart(string value) => Assert.Equal(Oddness.Zeros, Of(Digits, value));

    [Theory]
    [InlineData("000", "0")]
    [InlineData("0", "0")]
    [InlineData("00120", "120")]
    [InlineData("A012", "A012")]
    [InlineData("8d3b1a52-1111-4000-8000-000000000001", "8d3b1a52-1111-4000-8000-000000000001")]
    public void An_id_without_zeros_at_its_beginning(string id, string plain) => Assert.Equal(plain, LeadingZeros.Without(Id(id)).ToString());

    private static Oddness Of(string[] ids, string value) => new IdShapes(ids.Select(Id)).Of(Id(value));

    private static EntityId Id(string text) => EntityId.TryRead(Encoding.UTF8.GetBytes(text), out var id) ? id : throw new InvalidOperationException(text);
}
