using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Languages;

/// <summary>What records hold in English is told in every language, whole, and with the same figures.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RetellingTests
{
    private static readonly string[] EnglishWords = [" would ", " they ", " of ", " the ", " are ", " and ", " students", " sections", " be ", " is ", " since "];

    public static TheoryData<string> Translated => LanguageFilesTests.Translated;

    [Theory]
    [MemberData(nameof(Translated))]
    public void Every_hold_in_all_its_forms(string code) =>
        Assert.All(SampleRun.Holds, hold => AssertTold(Language.Of(code), hold.Message));

    /// <summary>Where nobody knows by whose word, words of ours stand in the place of a name.</summary>
    [Theory]
    [InlineData("sv", "Flödet apple är pausat till 2026-12-05 av en driftansvarig (freeze), så inget av det skickas.")]
    [InlineData("da", "Feedet apple er sat på pause til 05.12.2026 af en driftsansvarlig (freeze), så intet af det sendes.")]
    public void By_whose_word_a_target_rests(string code, string told) =>
        Assert.Equal(told, Language.Of(code).Told("Feed apple is paused until 2026-12-05 by an operator (freeze), so nothing of it is sent."));

    [Theory]
    [MemberData(nameof(Translated))]
    public void What_every_target_will_do(string code)
    {
        var language = Language.Of(code);
        foreach (var feed in Registered.Services.GetServices<IFeed>())
        {
            Assert.All(feed.Forecast(new FeedChanges(3, 4, 5, 6) { Deleted = 7 }, new DateOnly(2026, 9, 1)), sentence => AssertTold(language, sentence));
        }

        Assert.All(Arrivals.Forecast([]), sentence => AssertTold(language, sentence));
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void Several_sentences_in_one_text(string code)
    {
        var language = Language.Of(code);
        var text = $"Feed apple: {SampleRun.Holds[0].Message} {SampleRun.Holds[^1].Message} And more. Look at the plan; approve 3f29 if it is right. Feed learn: It is a dry run.";

        AssertTold(language, text);
        Assert.Contains(language.Told(SampleRun.Holds[0].Message), language.Told(text));
        Assert.EndsWith(language.Told("It is a dry run."), language.Told(text));
    }

    /// <summary>A failure of a delivery, a caveat, and what has changed for a person.</summary>
    [Theory]
    [InlineData("The stage export failed too often. localhost:9 cannot be reached (ConnectionRefused). Check delivery.host and delivery.port.")]
    [InlineData("files.example.org refused the call (401). Check delivery.headers and the secrets \"nordhamn-put\", \"nordhamn-other\".")]
    [InlineData("files.example.org cannot be reached, or broke off (ConnectionError). Check delivery.url.")]
    [InlineData("files.example.org answered 503 to people.csv, and is asked again.")]
    [InlineData("Page 3 of persons could not be read from https://api.example/v2.0/persons in 3 tries: the source answered 503 source_unavailable. "
        + "Check that the source answers and source.baseUrl is right, then run again.")]
    [InlineData("Page 1 of persons could not be read from https://api.example/v2.0/persons in 1 try: the token endpoint https://token.example/t cannot be reached, or broke off: ConnectionError. "
        + "Check that the source answers and source.baseUrl is right, then run again.")]
    [InlineData("https://api.example/v2.0/persons is not open to client \"nordhamn\" (403). Ask the customer to grant the scope x, and check the customer id in source.baseUrl.")]
    [InlineData("https://api.example/v2.0/persons answered 302 with a Location on the same host for page 2. Redirects are not followed: a token is for the "
        + "host of the tenant file alone. Check source.baseUrl, then run again.")]
    [InlineData("The token endpoint https://token.example/t refused client \"nordhamn\" (401). Check source.clientId and the secret \"nordhamn-educloud\", then run again.")]
    [InlineData("upload.example:22 did not let user \"x@sftp\" in: it refused the private key. Check delivery.username and the secret \"nordhamn-apple\".")]
    [InlineData("upload.example:22 did not let user \"x@sftp\" in: it lets users in by password, and delivery has private key alone. "
        + "Set delivery.password or delivery.privateKey as the receiver wants it; both where it asks for both.")]
    [InlineData("The host key SHA256:abc of upload.example:22 is not one of delivery.hostKeys, so nothing was sent. Ask the receiver whether the key is theirs; if so, add the fingerprint.")]
    [InlineData("upload.example:22 answered Failure at the end of in/asm.zip, and only 3 of 40 bytes lie there. Ask the receiver what became of the file, and whether there is room left.")]
    [InlineData("files.example.org does not take people.csv, because it is too large (413). Ask the receiver for more room.")]
    [InlineData("files.example.org answered 302 to people.csv: it is elsewhere. Nothing is sent after an address that nobody has checked; correct delivery.url.")]
    [InlineData("drop.blob.core.windows.net refused the container roster (403, AuthenticationFailed). Check that the signature in the secret \"nordhamn-sas\" has not expired and may "
        + "create and write blobs.")]
    [InlineData("drop.blob.core.windows.net refused the container roster (403, AuthorizationFailure). Give the app's identity the role Storage Blob Data Contributor there.")]
    [InlineData("There is no container roster at drop.blob.core.windows.net. Check the address, or have the receiver create it.")]
    [InlineData("scim.example.org refused the call (401). Check the secret \"nordhamn-scim\" (delivery.token).")]
    [InlineData("scim.example.org cannot be reached, or broke off (no answer in time), 5 times in a row. Check delivery.baseUrl.")]
    [InlineData("scim.example.org does not keep externalId of Users as it is sent, so nothing there could be found again, to be changed or taken away. "
        + "The one that showed it could not be deleted (no answer) and has to be by hand; "
        + "no other was created. Ask the server's keeper to keep externalId, then run again.")]
    [InlineData("learn.example.org cannot be reached (NameResolutionError). Check delivery.baseUrl.")]
    [InlineData("Institution 999001: eksporterXml at service.example: the service answered with the fault Signatur (HTTP 500). It does not accept our signature: check that the certificate "
        + "in the secret \"skovby-unilogin\" is the one registered for system AB123456, and neither revoked nor renewed since.")]
    [InlineData("Institution 999001: eksporterXml at service.example: the answer carries no signature; nobody can tell who made it. "
        + "Nothing of it is used. Check source.endpoint and, for a signature, source.trustedRoots; ask the service's support when it lasts.")]
    [InlineData("hentDataAftaler at service.example: the connection with service.example failed (broken off). Check that the service answers and source.endpoint is right, then run again later.")]
    [InlineData("hentDataAftaler at service.example: the answer is no XML that can be read: line 3, position 7. Check that the service answers and source.endpoint is right, then run again later.")]
    [InlineData("Institution 999001 cannot be pulled: 4 of 4 calls a day are used, and the next is free at 2026-09-02 03:10:00Z. Calls count for everybody who asks for it, also in other tenants. "
        + "There is no answer of today to take instead: wait.")]
    [InlineData("The answer for institution 999001 cannot be used (line 4, column 9): it is no well-formed XML. Nothing is handed on; run again, and report it to STIL when it lasts.")]
    [InlineData("the service refused A00001.total.xml: reskode 17, lines 3, 4. Its words are kept beside the receipt. it is not known whether the service has taken A00002.total.xml.")]
    [InlineData("The stage export failed too often. the connection with service.example failed (NameResolutionError). Check delivery.endpoint.")]
    [InlineData("upload.example:22 let user \"x@sftp\" in, but refused SFTP in the session. Ask the receiver to allow this user SFTP.")]
    [InlineData("Draft contract: the WSDL of wsaIMPORT is not public, so the document's namespace, codes and the form of answers are yet to be confirmed.")]
    [InlineData("feeds.apple: included went from true to false")]
    [InlineData("student: eligible went from false to true")]
    [InlineData("placement.dates: endDate went from 2026-12-20 to 2026-11-29")]
    public void What_pages_show_of_troubles_and_changes(string english) =>
        Assert.All(Language.All.Where(language => language != Language.English), language => AssertTold(language, english));

    /// <summary>A sentence is told by its own form, whole: another that fits it by chance would leave half of it in English.</summary>
    [Theory]
    [MemberData(nameof(Translated))]
    public void Every_sentence_is_told_by_its_own_form(string code)
    {
        var (language, file) = (Language.Of(code), LanguageFile.Read(code));

        var half = SpokenEnglish.Sentences.Where(file.Told.ContainsKey).Select(form => (Filled: Fill(form), Told: Fill(file.Told[form])))
            .Where(sentence => language.Told(sentence.Filled) != sentence.Told).Select(sentence => $"{sentence.Filled}\n  -> {language.Told(sentence.Filled)}").ToList();

        Assert.True(half.Count == 0, $"{code} tells not as it should:\n{string.Join('\n', half)}");

        static string Fill(string form) => SentenceForm.Of(form).Fill((number, _) => $"x{number}x");
    }

    [Theory]
    [InlineData("The files at /srv/or cannot be read as OneRoster 1.2, so nothing is handed on: users.csv: is not there; classes.csv line 1: is no UTF-8 near this line. "
        + "Have the sender correct them; validate --connect names every error.",
        "Filerna i /srv/or går inte att läsa som OneRoster 1.2, så inget förs över: users.csv: finns inte; classes.csv rad 1: är inte UTF-8 i närheten av den här raden. "
        + "Låt avsändaren rätta dem; validate --connect visar alla fel.")]
    [InlineData("sftp.example:22 does not open in/a.csv (Failure). Ask the receiver whether there is room left, and whether the server is well.",
        "sftp.example:22 öppnar inte in/a.csv (Failure). Fråga mottagaren om det finns plats kvar, och om servern mår bra.")]
    [InlineData("User \"x\" may not write in/a.csv on sftp.example:22, which denies it and says \"quota\". Check delivery.directory and the receiver's rights.",
        "Användaren \"x\" får inte skriva in/a.csv på sftp.example:22, som nekar det och säger \"quota\". Kontrollera delivery.directory och rättigheterna hos mottagaren.")]
    [InlineData("The files at /srv/or are written by nobody we know, and so on: they say what they like. Have somebody look.", null)]
    [InlineData("The disk is full so it goes, so it was not sent: 3 errors, first one.", null)]
    public void What_a_form_fits_by_chance_stays_whole(string english, string? told) => Assert.Equal(told ?? english, Language.Swedish.Told(english));

    [Fact]
    public void What_has_changed_for_a_person_is_told_without_codes()
    {
        Assert.Equal("flödet apple: med i flödet ändrades från ja till nej", Language.Swedish.Told("feeds.apple: included went from true to false"));
        Assert.Equal("flödet apple: guard.staying ändrades från nej till ja", Language.Swedish.Told("feeds.apple: guard.staying went from false to true"));
        Assert.Equal("elev: förs över ändrades från nej till ja", Language.Swedish.Told("student: eligible went from false to true"));
        Assert.Equal("indskrivning: slutdato blev ændret fra 20.12.2026 til 29.11.2026", Language.Danish.Told("placement.dates: endDate went from 2026-12-20 to 2026-11-29"));
        Assert.Equal("inskrivning: slutdatum ändrades från 2026-12-20 till saknas", Language.Swedish.Told("placement.dates: endDate went from 2026-12-20 to absent"));
    }

    [Theory]
    [InlineData("Renci said: the key of 3 of 4 hosts is not the one.")]
    [InlineData("")]
    [InlineData("…. . . .")]
    public void What_is_no_sentence_of_ours_stays_as_it_is(string text) => Assert.Equal(text, Language.Swedish.Told(text));

    [Theory]
    [InlineData("sv", "servern avvisade 4 av 60 rader i users.jsonl (2 × 403, kanske en rättighet som token saknar; 1 × 409 uniqueness, kanske ett användarnamn som någon annan har där; "
        + "1 × inget svar gång på gång; raderna 4, 7, 9, 11); de skickas igen med nästa körning")]
    [InlineData("da", "serveren afviste 4 af 60 linjer i users.jsonl (2 × 403, måske en rettighed, som tokenet mangler; 1 × 409 uniqueness, måske et brugernavn, som en anden har der; "
        + "1 × intet svar gang på gang; linjerne 4, 7, 9, 11); de sendes igen med næste kørsel")]
    public void Reasons_of_a_list_are_told_one_by_one(string code, string told) => Assert.Equal(told, Language.Of(code).Told(
        "the server refused 4 of 60 lines of users.jsonl (2 × 403, which may be a right of the token; 1 × 409 uniqueness, which may be a user name that somebody else has there; "
        + "1 × no answer again and again; lines 4, 7, 9, 11); they go again with the next run"));

    [Fact]
    public void A_sentence_of_another_system_stays_beside_ours() => Assert.Equal(
        "Flödet apple: Steget extract misslyckades för många gånger. The server said: no. Again.",
        Language.Swedish.Told("Feed apple: The stage extract failed too often. The server said: no. Again."));

    [Fact]
    public void A_notice_of_a_feed_is_told_whole() => Assert.Equal(
        "Feedet apple: 7 elever har tekster, der er læst med forkert tegnkodning. De leveres, som de er: få kildesystemet rettet.",
        Language.Danish.Told("Feed apple: 7 students have texts that were read in a wrong encoding. They are delivered as they are: have the source mended."));

    [Fact]
    public void A_text_without_end_costs_no_time()
    {
        var text = string.Concat(Enumerable.Repeat("Feed a: It is a dry run. ", 400));

        Assert.Contains("Det är en provkörning.", Language.Swedish.Told(text[..3000]));
        Assert.Equal(text, Language.Swedish.Told(text));
    }

    /// <summary>A feed may be called as a word of ours is.</summary>
    [Fact]
    public void A_name_is_no_word_of_ours() => Assert.Equal("Flödet students: Det är en provkörning.", Language.Swedish.Told("Feed students: It is a dry run."));

    [Theory]
    [InlineData("sv", "20 av 40 elever i alla skolenheter skulle tas bort (gräns 10 %): de blir kvar. Så är det sedan 2026-08-30.")]
    [InlineData("da", "20 af 40 elever på alle institutioner ville blive fjernet (grænse 10 %): de beholdes. Sådan har det været siden 30.08.2026.")]
    [InlineData("en", "20 of 40 students of all schools would be removed (limit 10 %): they stay. So it is since 2026-08-30.")]
    public void Days_are_written_as_the_language_writes_them(string code, string told) => Assert.Equal(
        told, Language.Of(code).Told(new Hold(HoldCode.Removals, RowKind.Students, null, 20, 40, 10) { Since = new DateOnly(2026, 8, 30) }.Message));

    private static void AssertTold(Language language, string english)
    {
        var told = language.Told(english);

        Assert.True(told != english, $"{language.Code} has no words for: {english}");
        Assert.True(!EnglishWords.Any(word => told.Contains(word, StringComparison.Ordinal)), $"{language.Code} leaves English in: {told}");
        Assert.Equal(Digits(english), Digits(told));
    }

    /// <summary>Those of a day may stand in another order.</summary>
    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit).Order());
}
