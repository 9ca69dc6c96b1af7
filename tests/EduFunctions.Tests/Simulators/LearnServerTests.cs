using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Simulators;

/// <summary>The vendor's own examples, each as before, file, after: what the feed relies on Learn to do.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed partial class LearnServerTests
{
    private const string Header = "EXTERNAL_PERSON_KEY|USER_ID|PASSWD|FIRSTNAME|LASTNAME";

    private static readonly string[] FirstThree = ["p1|alpha_test|changeme|Alpha|Ask", "p2|beta_test|changeme|Beta|Björk", "p3|gamma_test|changeme|Gamma|Gran"];

    private static readonly string[] Others = ["p4", "p5", "p6", "p9"];

    [Fact]
    public async Task Store_makes_the_people_of_the_file_and_touches_nobody_else()
    {
        await using var learn = await StartAsync();

        await PostAsync(learn, "person/store", Header, FirstThree);

        Assert.Equal(["p1", "p2", "p3", .. Others], learn.State.Enabled("person"));
        Assert.Equal("gamma_test", learn.State.Find("person", "p3")!["user_id"]);
    }

    [Fact]
    public async Task Store_updates_the_one_in_the_file()
    {
        await using var learn = await StartAsync();
        await PostAsync(learn, "person/store", Header, FirstThree);

        await PostAsync(learn, "person/store", $"{Header}|EMAIL", "p1|alpha_test|changeme|Alpha|Ask|alpha@post.example");

        Assert.Equal("alpha@post.example", learn.State.Find("person", "p1")!["email"]);
        Assert.Equal(["p1", "p2", "p3", .. Others], learn.State.Enabled("person"));
    }

    [Fact]
    public async Task Refresh_disables_whom_the_integration_owns_in_all_its_data_sources()
    {
        await using var learn = await StartAsync();
        await PostAsync(learn, "person/store", Header, FirstThree);

        await PostAsync(learn, "person/refresh", Header, FirstThree[..2]);

        // p9 belongs to another integration.
        Assert.Equal(["p1", "p2", "p9"], learn.State.Enabled("person"));
        Assert.Equal("disabled", learn.State.Find("person", "p3")!.RowStatus);
    }

    [Fact]
    public async Task Refresh_by_data_source_leaves_the_integrations_other_data_sources_alone()
    {
        await using var learn = await StartAsync();
        await PostAsync(learn, "person/store", Header, FirstThree);

        await PostAsync(learn, "person/refreshlegacy", "EXTERNAL_PERSON_KEY|USER_ID|PASSWD|firstname|lastname", FirstThree[..2]);

        Assert.Equal(["p1", "p2", "p5", "p9"], learn.State.Enabled("person"));
    }

    [Theory]
    [InlineData("store", "p1 p2 p3 p4 p5 p6 p9")]
    [InlineData("refresh", "p1 p2 p3 p4 p9")]
    [InlineData("refreshlegacy", "p1 p2 p3 p4 p5 p9")]
    public async Task Availability_keeps_the_account_and_stops_the_login(string operation, string enabled)
    {
        await using var learn = await StartAsync();
        await PostAsync(learn, "person/store", Header, FirstThree);

        await PostAsync(learn, $"person/{operation}", $"{Header}|AVAILABLE_IND", Marked("Y", "Y", "N", "Y"));

        Assert.Equal(enabled.Split(' '), learn.State.Enabled("person"));
        Assert.Equal("N", learn.State.Find("person", "p3")!["available_ind"]);
    }

    [Theory]
    [InlineData("store", "p1 p2 p4 p5 p6 p9")]
    [InlineData("refresh", "p1 p2 p4 p9")]
    [InlineData("refreshlegacy", "p1 p2 p4 p5 p9")]
    public async Task Row_status_disables_whom_the_file_names(string operation, string enabled)
    {
        await using var learn = await StartAsync();
        await PostAsync(learn, "person/store", Header, FirstThree);

        await PostAsync(learn, $"person/{operation}", $"{Header}|ROW_STATUS", Marked("enabled", "ENABLED", "disabled", "enabled"));

        Assert.Equal(enabled.Split(' '), learn.State.Enabled("person"));
    }

    [Theory]
    [InlineData("store", "p1|engineering_student p4|engineering_student")]
    [InlineData("refresh", "p1|engineering_student")]
    public async Task Secondary_roles_are_records_of_their_own(string operation, string enabled)
    {
        await using var learn = await StartAsync();
        learn.State.InstitutionRoles.UnionWith(["ENGINEERING_STUDENT", "ENGINEERING_FACULTY"]);
        await PostAsync(learn, "person/store", Header, FirstThree);
        await PostAsync(learn, "secondaryinstrole/store", "EXTERNAL_PERSON_KEY|ROLE_ID", "p1|engineering_student", "p3|engineering_student", "p4|engineering_student");

        await PostAsync(
            learn, $"secondaryinstrole/{operation}", "EXTERNAL_PERSON_KEY|ROLE_ID|ROW_STATUS", "p1|engineering_student|enabled", "p3|engineering_student|disabled");

        Assert.Equal(enabled.Split(' '), learn.State.Enabled("secondaryinstrole"));
    }

    [Fact]
    public async Task An_association_is_known_by_both_keys_so_another_student_is_another_one()
    {
        await using var learn = await ObserversAsync();

        await PostAsync(learn, "associateobserver/store", "EXTERNAL_OBSERVER_KEY|EXTERNAL_USER_KEY", "o1|p1", "o2|p1");
        await PostAsync(learn, "associateobserver/store", "EXTERNAL_OBSERVER_KEY|EXTERNAL_USER_KEY", "o2|p2");

        Assert.Equal(["o1|p1", "o2|p1", "o2|p2"], learn.State.Enabled("associateobserver"));
    }

    [Theory]
    [InlineData("delete", "o2|p2", "o1|p1")]
    [InlineData("refresh", "o1|p1 o1|p2", "o1|p1 o1|p2")]
    public async Task An_association_ends_by_delete_or_by_its_absence_in_a_refresh(string operation, string rows, string enabled)
    {
        await using var learn = await ObserversAsync();
        await PostAsync(learn, "associateobserver/store", "EXTERNAL_OBSERVER_KEY|EXTERNAL_USER_KEY", "o1|p1", "o2|p2");

        await PostAsync(learn, $"associateobserver/{operation}", "EXTERNAL_OBSERVER_KEY|EXTERNAL_USER_KEY", rows.Split(' '));

        Assert.Equal(enabled.Split(' '), learn.State.Enabled("associateobserver"));
        Assert.Equal("disabled", learn.State.Find("associateobserver", "o2", "p2")!.RowStatus);
    }

    [Fact]
    public async Task An_empty_refresh_disables_everything()
    {
        await using var learn = await StartAsync();

        await PostAsync(learn, "person/refresh", Header);

        Assert.Equal(["p9"], learn.State.Enabled("person"));
    }

    [Fact]
    public async Task Wrong_rows_are_skipped_and_the_others_go_on()
    {
        await using var learn = await StartAsync();

        await PostAsync(learn, "membership/store", "external_course_key|external_person_key|role", "none|p4|Student");
        await PostAsync(learn, "person/store", "external_person_key|user_id|firstname", "p1|a|Alva");
        await PostAsync(learn, "person/store", "external_person_key|user_id|firstname|lastname", "p1|p4_test|Alva|Prov", "p2|b|\"Bo|Prov", "p3|c|Cleo|Prov");
        await PostAsync(learn, "person/store", "external_person_key|user_id|firstname|lastname|data_source_key", "p1|a|Alva|Prov|UNKNOWN", "p2|b|Bo|Prov|TEST");

        Assert.Equal([1, 1, 2, 1], learn.DataSets.TakeLast(4).Select(set => set.Errors.Count));
        Assert.Contains("courseBatchUid", learn.DataSets[^4].Errors[0]);
        Assert.Equal(["p2", .. Others], learn.State.Enabled("person"));
    }

    [Theory]
    [InlineData("course/course/store")]
    [InlineData("person/replace")]
    [InlineData("building/store")]
    public async Task An_address_that_is_none_is_not_found(string path)
    {
        await using var learn = await StartAsync();

        using var answer = await SendAsync(learn, path, Header, learn.Integrations[0].Password);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_is_unauthorized()
    {
        await using var learn = await StartAsync();

        using var answer = await SendAsync(learn, "person/store", Header, "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task An_integration_in_testing_counts_and_stores_nothing()
    {
        await using var learn = await StartAsync();
        learn.Integrations[0].State = IntegrationState.Testing;

        await PostAsync(learn, "person/store", Header, FirstThree);

        Assert.Equal((3, Others.Length), (learn.DataSets[^1].Completed, learn.State.Records("person").Count));
    }

    [Fact]
    public async Task The_answers_are_those_that_were_recorded()
    {
        await using var learn = await StartAsync();

        using var posted = await SendAsync(learn, "person/store", Header, learn.Integrations[0].Password);
        var sentence = await posted.Content.ReadAsStringAsync();
        var uid = Reference().Match(sentence).Value;
        using var status = await SendAsync(learn, $"dataSetStatus/{uid}", "", learn.Integrations[0].Password);

        Assert.Equal($"Success: Feed File Uploaded.  Use the reference code {uid} to track these records in the logs.", sentence);
        Assert.Contains("<dataSetStatus>\n  <completedCount>0</completedCount>\n  <dataIntegrationId type=", await status.Content.ReadAsStringAsync());
    }

    /// <summary>People from earlier: p4 and p6 of another data source of the integration, p5 of a third, p9 of another integration.</summary>
    private static async Task<LearnServer> StartAsync()
    {
        var learn = await LearnServer.StartAsync(new LearnIntegration { DataSource = "TEST" });
        learn.State.DataSources.UnionWith(["TEST", "OLD"]);
        foreach (var (key, owner, source) in new[] { ("p4", "Nightly", "TEST"), ("p5", "Nightly", "OLD"), ("p6", "Nightly", "TEST"), ("p9", "By hand", "TEST") })
        {
            learn.State.Put(new LearnRecord("person", key, owner)
            {
                DataSource = source,
                Values = new Dictionary<string, string> { ["external_person_key"] = key, ["user_id"] = $"{key}_test" },
            });
        }

        return learn;
    }

    private static async Task<LearnServer> ObserversAsync()
    {
        var learn = await StartAsync();
        await PostAsync(
            learn, "person/store", "external_person_key|user_id|firstname|lastname|institution_role|system_role",
            "p1|a|Alva|Prov|student|none", "p2|b|Bo|Prov|STUDENT|none", "o1|c|Cleo|Prov|OBSERVER|observer", "o2|d|Dag|Prov|OBSERVER|observer");
        return learn;
    }

    private static string[] Marked(params string[] marks) =>
        [.. FirstThree.Append("p4|p4_test|changeme|Delta|Dal").Zip(marks, (row, mark) => $"{row}|{mark}")];

    private static async Task PostAsync(LearnServer learn, string path, string header, params string[] rows)
    {
        using var answer = await SendAsync(learn, path, string.Join('\n', [header, .. rows, ""]), learn.Integrations[0].Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        learn.WorkThrough();
    }

    private static async Task<HttpResponseMessage> SendAsync(LearnServer learn, string path, string body, string password)
    {
        using var http = new HttpClient();
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{learn.Integrations[0].Username}:{password}"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", login);
        return await http.PostAsync($"{learn.BaseUrl}/{path}", new StringContent(body));
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Reference();
}
