using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>Whose a target is: the first night of a municipality does not go over what another one has there.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class TargetClaimsTests
{
    private readonly TargetClaims _claims = new(new Records().Blobs);

    [Fact]
    public async Task Another_municipality_that_has_it_is_named()
    {
        await _claims.ClaimAsync("nordhamn", Records.Target, CancellationToken.None);

        Assert.Equal("nordhamn", await OtherThanAsync("soderhamn", Records.Target.Replace("upload", "UPLOAD", StringComparison.Ordinal)));
        Assert.Null(await OtherThanAsync("nordhamn", Records.Target));
        Assert.Null(await OtherThanAsync("soderhamn", $"{Records.Target}/below"));
    }

    [Fact]
    public async Task It_is_the_last_ones_who_delivered()
    {
        await _claims.ClaimAsync("nordhamn", Records.Target, CancellationToken.None);
        await _claims.ClaimAsync("soderhamn", Records.Target, CancellationToken.None);

        Assert.Equal("soderhamn", await OtherThanAsync("nordhamn", Records.Target));
        Assert.Null(await OtherThanAsync("soderhamn", Records.Target));
    }

    [Fact]
    public async Task What_answers_on_the_machine_itself_is_nobodys()
    {
        const string here = "sftp://nordhamn@localhost:22/in";
        await _claims.ClaimAsync("nordhamn", here, CancellationToken.None);

        Assert.Null(await OtherThanAsync("soderhamn", here));
    }

    private Task<string?> OtherThanAsync(string tenant, string target) => _claims.FindOtherAsync(tenant, TargetKey.Of(target), CancellationToken.None);
}
