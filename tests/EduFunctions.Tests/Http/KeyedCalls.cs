using System.Text;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Tests.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Http;

/// <summary>Calls to the API and the pages about a town, by holders of keys with names and roles, in this process.</summary>
internal static class KeyedCalls
{
    public const string Reader = "vera";
    public const string Protection = "per";
    public const string Operator = "olle";

    public static Task<ApiAnswer> ApiAsync(this Town town, string by, string method, string path, string body = "") => town.CallAsync(by, method, $"/api/tenants/{town.Id}/{path}", body);

    public static Task<ApiAnswer> PageAsync(this Town town, string by, string path, params IEnumerable<(string Name, string Value)> form) => town.CallAsync(
        by, form.Any() ? "POST" : "GET", $"/tenants/{town.Id}/{path}".TrimEnd('/'), string.Join('&', form.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}")));

    public static Task<ApiAnswer> FrontAsync(this Town town, string by, string search = "") => town.CallAsync(by, "GET", $"/{search}", "");

    private static async Task<ApiAnswer> CallAsync(this Town town, string by, string method, string path, string body)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings(town)).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddRosterPipeline(configuration).BuildServiceProvider();
        var headers = new Dictionary<string, string> { [Access.KeyHeader] = by, ["Sec-Fetch-Site"] = "same-origin", ["Accept-Language"] = "sv" };
        var asked = System.Web.HttpUtility.ParseQueryString(path.Contains('?') ? path[(path.IndexOf('?') + 1)..] : "");
        var call = new ApiCall(method, path.Split('?')[0], headers.GetValueOrDefault, new MemoryStream(Encoding.UTF8.GetBytes(body)), IsVouchedFor: false)
        {
            Query = name => asked[name],
            Search = path.Contains('?') ? path[path.IndexOf('?')..] : "",
        };
        return await services.GetRequiredService<ApiRouter>().AnswerAsync(call, CancellationToken.None);
    }

    private static Dictionary<string, string?> Settings(Town town) => new()
    {
        ["AzureWebJobsStorage"] = town.Storage,
        ["Secrets:educloud"] = town.Environment["Secrets__educloud"],
        ["Secrets:dropbox"] = town.Environment["Secrets__dropbox"],
        ["ApiKeys:vera:Key"] = Reader,
        ["ApiKeys:vera:Roles"] = "reader",
        ["ApiKeys:per:Key"] = Protection,
        ["ApiKeys:per:Roles"] = "operator, protection",
        ["ApiKeys:olle:Key"] = Operator,
    };
}
