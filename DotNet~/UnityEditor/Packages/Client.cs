using System;
using System.Collections.Generic;
using System.Linq;
using UnityEditor.PackageManager.Requests;

namespace UnityEditor.PackageManager;

/// <summary>Requests are kept and answered by a test; a list is answered at once with what is installed.</summary>
public static class Client
{
    internal static List<PackageInfo> Installed { get; } = new();

    internal static List<Request> Requests { get; } = new();

    public static ListRequest List(bool offlineMode, bool includeIndirectDependencies) => List();

    public static ListRequest List(bool offlineMode) => List();

    public static ListRequest List()
    {
        ListRequest request = Keep(new ListRequest());
        request.Succeed(new PackageCollection(Installed));
        return request;
    }

    public static AddRequest Add(string identifier) => Keep(new AddRequest("add " + identifier));

    public static AddAndRemoveRequest AddAndRemove(string[] packagesToAdd = null, string[] packagesToRemove = null) => Keep(new AddAndRemoveRequest(
        string.Join(" ", new[] { "add" }.Concat(packagesToAdd ?? Array.Empty<string>()).Concat(packagesToRemove == null ? Array.Empty<string>() : packagesToRemove.Prepend("remove")))));

    public static RemoveRequest Remove(string packageName) => Keep(new RemoveRequest(packageName));

    public static SearchRequest Search(string packageIdOrName) => Keep(new SearchRequest(packageIdOrName));

    public static SearchRequest Search(string packageIdOrName, bool offlineMode) => Search(packageIdOrName);

    public static void Resolve() => Double.Dialogs.Note("Resolve", "");

    internal static void Forget()
    {
        Installed.Clear();
        Requests.Clear();
    }

    private static T Keep<T>(T request) where T : Request
    {
        Requests.Add(request);
        return request;
    }
}
