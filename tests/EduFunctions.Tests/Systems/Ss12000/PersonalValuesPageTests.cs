using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Of a page only those rows are taken apart that are asked for: they are found however the register writes them.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PersonalValuesPageTests
{
    private const string Id = "4e029f67-638e-514f-814b-095d3e88a048";
    private const string Rest = "\"givenName\":\"Alva\",\"familyName\":\"Berglund\",\"responsibles\":[{\"person\":{\"id\":\"zq-mother\"}}]";

    [Theory]
    [InlineData("[{\"id\":\"4e029f67-638e-514f-814b-095d3e88a048\",REST}]")]
    [InlineData("{\"data\":[{REST,\"id\":\"4e029f67-638e-514f-814b-095d3e88a048\"}],\"pageToken\":null}")]
    [InlineData("\ufeff{\"pageToken\":\"x\",\"data\":[7,null,{\"id\":\"other\"},{\"id\":\"4E029F67638E514F814B095D3E88A048\",REST}]}")]
    [InlineData("{\"data\":[{\"\\u0069d\":\"urn:uuid:4e029f67-638e-514f-814b-095d3e88a048\",REST}]}")]
    [InlineData("[{\"id\":\"\\u0034e029f67-638e-514f-814b-095d3e88a048\",\"middleName\":\"\\ud800\",REST}]")]
    [InlineData("[{\"id\":\"other\",REST,\"id\":\"4e029f67-638e-514f-814b-095d3e88a048\"}]")]
    [InlineData("[{\"meta\":{\"id\":\"other\"},\"id\":\"4e029f67-638e-514f-814b-095d3e88a048\",\"x\":[{\"id\":\"other\"}],REST}]")]
    public void Values_of_a_person_are_found(string page)
    {
        var (values, companions) = PersonalValuesJson.ReadPage(Encoding.UTF8.GetBytes(page.Replace("REST", Rest, StringComparison.Ordinal)), id => id.ToString() == Id);

        Assert.Contains(values, value => value is { Kind: PersonalKind.Name, Value: "Alva", FamilyName: "Berglund" });
        Assert.All(values, value => Assert.Equal(Id, value.Person.ToString()));
        Assert.Equal("zq-mother", Assert.Single(companions).Id.ToString());
    }

    [Theory]
    [InlineData("[{\"id\":\"other\",REST},{REST},7,\"4e029f67-638e-514f-814b-095d3e88a048\"]")]
    [InlineData("{\"data\":null}")]
    [InlineData("{\"data\":{\"id\":\"4e029f67-638e-514f-814b-095d3e88a048\",REST}}")]
    [InlineData("[{\"id\":\"4e029f67-638e-514f-814b-095d3e88a048\",REST,\"id\":[]}]")]
    [InlineData("7")]
    public void Of_others_nothing_is_read(string page)
    {
        var (values, companions) = PersonalValuesJson.ReadPage(Encoding.UTF8.GetBytes(page.Replace("REST", Rest, StringComparison.Ordinal)), id => id.ToString() == Id);

        Assert.Empty(values);
        Assert.Empty(companions);
    }
}
