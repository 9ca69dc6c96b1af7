using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>
/// Whatever happened: after some nights in which nothing does, an odd server has every pupil in exactly the classes of the register, nobody protected, and
/// everybody whom the guard held. More seeds: <c>EDUFUNCTIONS_SCIM_STORIES=first-last,one,another</c>.
/// </summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ScimStoryTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds => StorySeeds.Of("EDUFUNCTIONS_SCIM_STORIES", "1-4");

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_server_has_what_the_register_says(int seed)
    {
        using var ground = new InMemoryGround();
        await ScimStory.PlayAsync(ground, seed, output.WriteLine);
    }
}
