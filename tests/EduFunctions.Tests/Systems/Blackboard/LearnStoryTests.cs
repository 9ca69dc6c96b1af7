using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>
/// Whatever happened: after some nights in which nothing does, Learn has every pupil in exactly the courses of the register, under the login of the register,
/// nobody protected, and everybody whom the guard held. More seeds: <c>EDUFUNCTIONS_LEARN_STORIES=first-last,one,another</c>.
/// </summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LearnStoryTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds => StorySeeds.Of("EDUFUNCTIONS_LEARN_STORIES", "1-4,23");

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Learn_has_what_the_register_says(int seed)
    {
        using var ground = new InMemoryGround();
        await LearnStory.PlayAsync(ground, seed, output.WriteLine);
    }
}
