using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Http;

[Trait(Level.Name, Level.Fast)]
public sealed class CodeSentencesTests
{
    private static readonly CodeSentences Sentences = Registered.Services.GetRequiredService<CodeSentences>();

    [Fact]
    public void The_pages_have_words_for_every_code_of_every_source_and_feed()
    {
        string[] codes =
        [
            .. Registered.Services.GetRequiredService<RuleCatalog>().All.Select(rule => rule.Code),
            .. Registered.Services.GetRequiredService<FindingCatalog>().All.Select(kind => kind.Code),
        ];

        Assert.Distinct(codes);
        Assert.All(codes, code => Assert.NotEmpty(Sentences.Of(code, Language.English)));
        Assert.All(codes, code => Assert.NotEmpty(Sentences.AdviceOn(code, Language.English)));
    }

    [Theory]
    [InlineData("person.extern", "The person is a trainee or another extern at the institution")]
    [InlineData("guardian.custody", "The person is a contact without custody of the student")]
    [InlineData("blackboard.userIdTaken", "Two people have one login name, and one of them goes to Learn")]
    [InlineData("of.another.version", "")]
    public void A_code_is_told_in_its_own_sentence(string code, string sentence) => Assert.Equal(sentence, Sentences.Of(code, Language.English));
}
