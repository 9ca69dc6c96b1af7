using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

[Trait(Level.Name, Level.Fast)]
public sealed class AliasNamesTests
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("a-secret-of-more-than-32-characters");

    private static readonly Pseudonym Plain = new() { Secret = new Secret("alias", "a-secret-of-more-than-32-characters") };

    /// <summary>Far more than there are pairs of words.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData("Elev", null)]
    [InlineData("Elev", "Skyddad")]
    public void No_two_have_one_name(string? given, string? family)
    {
        var names = Names(Plain with { GivenName = given, FamilyName = family }, Enumerable.Range(0, 12_000));

        Assert.Equal(12_000, names.Values.Distinct().Count());
        Assert.All(names.Values, name => Assert.True(name.GivenName.Length > 0 && name.FamilyName.Length > 1));
    }

    [Fact]
    public void Who_comes_and_goes_renames_hardly_anybody_else()
    {
        var all = Names(Plain, Enumerable.Range(0, 500));

        var fewer = Names(Plain, Enumerable.Range(100, 400));

        Assert.True(fewer.Count(name => all[name.Key] != name.Value) <= 10);
    }

    /// <summary>Targets know pupils by them, and the next release has to give the same.</summary>
    [Fact]
    public void A_name_stays_for_good() => Assert.Equal(
        ["Ray Granmark", "Milo Lyngbro", "Kari Askmark"],
        Names(Plain, [1, 2, 3]).Values.Select(name => $"{name.GivenName} {name.FamilyName}"));

    [Fact]
    public void A_chosen_name_is_nobody_elses()
    {
        var made = Names(Plain, [1])[Alias(1)];
        var chosen = new Secret("names", $"{Person(2)};{made.GivenName};{made.FamilyName}");

        var names = Names(Plain with { Names = chosen }, [1, 2]);

        Assert.Equal(made, names[Alias(2)]);
        Assert.NotEqual(made, names[Alias(1)]);
    }

    [Fact]
    public void A_name_of_somebody_elses_is_not_made()
    {
        var made = Names(Plain, [1])[Alias(1)];

        var names = Names(Plain, [1], name => name == made);

        Assert.NotEqual(made, names[Alias(1)]);
    }

    private static Dictionary<EntityId, AliasName> Names(Pseudonym pseudonym, IEnumerable<int> numbers, Predicate<AliasName>? others = null) =>
        new AliasNames(pseudonym, Key, others ?? (_ => false)).Of(numbers.ToDictionary(Person, Alias));

    private static EntityId Person(int number) => EntityId.Derive(Encoding.UTF8.GetBytes($"person {number}"));

    private static EntityId Alias(int number) => EntityId.Derive(Encoding.UTF8.GetBytes($"alias {number}"));
}
