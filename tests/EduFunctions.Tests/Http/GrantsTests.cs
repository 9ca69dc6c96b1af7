using EduFunctions.Pipeline.Http;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>What roles come to, at every tenant and at one.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class GrantsTests
{
    [Theory]
    [InlineData("reader", ApiRole.Reader, ApiRole.Reader, ApiRole.Reader)]
    [InlineData("reader:nordhamn", ApiRole.Anyone, ApiRole.Reader, ApiRole.Anyone)]
    [InlineData("operator:nordhamn reader", ApiRole.Reader, ApiRole.Operator, ApiRole.Reader)]
    [InlineData("operator:solberga reader:nordhamn", ApiRole.Anyone, ApiRole.Reader, ApiRole.Operator)]
    [InlineData("2:nordhamn", ApiRole.Anyone, ApiRole.Anyone, ApiRole.Anyone)]
    [InlineData("2 anyone,operator operator:nordhamn:solberga :nordhamn operator:", ApiRole.Anyone, ApiRole.Anyone, ApiRole.Anyone)]
    [InlineData("", ApiRole.Anyone, ApiRole.Anyone, ApiRole.Anyone)]
    public void A_role_counts_where_it_says(string roles, ApiRole everywhere, ApiRole atNordhamn, ApiRole atSolberga)
    {
        var grants = new Grants(roles.Split(' '));

        Assert.Equal((everywhere, atNordhamn, atSolberga), (grants.Everywhere, grants.At("nordhamn"), grants.At("solberga")));
    }
}
